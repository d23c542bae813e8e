// The PostgreSQL that Quipu brings along, and the taking into use of one's own. Knows processes, folders and roles; no table.
export { startCluster, majorVersion } from './cluster.ts'
export type { Cluster, ClusterOptions } from './cluster.ts'
export { prepareDatabase, adoptDatabase, requireModestApp, versionRefusal } from './roles.ts'
export type { Addresses } from './roles.ts'
export { reachDatabase, takeDatabase } from './take.ts'
export { StartRefused, diskSentence } from './refused.ts'
export { keptSecret, proveFolder } from './folder.ts'
