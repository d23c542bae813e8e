import { days, readFounded, type Institution } from './trade.ts'

const dayNames = {
  mo: 'Monday',
  tu: 'Tuesday',
  we: 'Wednesday',
  th: 'Thursday',
  fr: 'Friday',
  sa: 'Saturday',
  su: 'Sunday',
} as const
const types = {
  museum: 'Museum',
  'archaeological-park': 'LandmarksOrHistoricalBuildings',
  site: 'LandmarksOrHistoricalBuildings',
  ministry: 'GovernmentOrganization',
  university: 'CollegeOrUniversity',
  association: 'NGO',
  'archive-library': 'ArchiveOrganization',
  other: 'Organization',
} as const

/** A museum as schema.org data: what search engines and assistants read of its page. Nothing that the page does not show. */
export function museumData(it: Institution, url: string, language: string): object {
  const text = (value: string, of: string) => ({ '@value': value, '@language': of })
  const founded = readFounded(it.founded)
  const about = it.about[language] ?? Object.values(it.about)[0]
  return compact({
    '@context': 'https://schema.org',
    '@type': types[it.kind],
    '@id': url,
    url: it.website || url,
    name: text(it.name, it.nameLanguage),
    alternateName: it.names.map((one) => text(one.name, one.language)),
    description: about?.body,
    address: compact({
      '@type': 'PostalAddress',
      streetAddress: it.address,
      postalCode: it.postcode,
      addressLocality: it.city,
      addressRegion: it.region,
      addressCountry: it.countryCode,
    }),
    geo: it.latitude === null ? null : { '@type': 'GeoCoordinates', latitude: it.latitude, longitude: it.longitude },
    telephone: it.telephone,
    email: it.email,
    sameAs: [
      ...Object.values(it.social),
      ...it.identifiers
        .filter(({ scheme }) => scheme === 'wikidata')
        .map(({ value }) => `http://www.wikidata.org/entity/${value}`),
    ],
    identifier: it.identifiers
      .filter(({ scheme }) => scheme !== 'source')
      .map(({ scheme, value }) => ({ '@type': 'PropertyValue', propertyID: scheme, value })),
    // Only a year that is known: schema.org has no word for "around".
    foundingDate:
      founded && founded.earliest === founded.latest && !founded.approximate && !founded.uncertain
        ? String(founded.earliest)
        : null,
    isAccessibleForFree: it.admission === 'free' ? true : it.admission === 'paid' ? false : null,
    openingHoursSpecification: it.closedPermanently
      ? null
      : days.flatMap((day) =>
          (it.opening[day] ?? []).map(([opens, closes]) => ({
            '@type': 'OpeningHoursSpecification',
            dayOfWeek: `https://schema.org/${dayNames[day]}`,
            opens,
            closes,
          })),
        ),
    amenityFeature: it.accessibility.map((name) => ({ '@type': 'LocationFeatureSpecification', name, value: true })),
    parentOrganization: it.governingBody ? { '@type': 'Organization', name: it.governingBody } : null,
  })
}

function compact(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, one]) => one !== null && one !== undefined && one !== '' && !(Array.isArray(one) && one.length === 0),
    ),
  )
}
