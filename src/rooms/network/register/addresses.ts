type Nothing = Record<never, string>
declare module '#kit/view' {
  interface Addresses {
    'network.museums': Nothing
    'network.museums-map': Nothing
    'network.museum': { id: string }
    'network.register-data': Nothing
    'network.register-api': Nothing
    'network.api-keys': Nothing
    'network.revoke-api-key': { id: string }
    'network.register-changes': Nothing
    'network.museums-csv': Nothing
    'network.museums-geojson': Nothing
    'network.museums-json': Nothing
    'network.api-institutions': Nothing
    'network.api-institution': { id: string }
    'network.api-facets': Nothing
    'network.api-openapi': Nothing
  }
}
export {}
