import type { Actor } from '#kit/access'
import { read } from '#kit/record'
import {
  beginMembership,
  describeCountry,
  enterCountries,
  enterPartner,
  foundBody,
  foundNetwork,
  addSeat,
} from '#network'
import data from './data/network.json' with { type: 'json' }

type Codes = { kind: string; countries: string[]; from: string; last?: string; source: string }

/** The network, the countries of the region, and who was a member when, each with the source that says so. */
export async function fillNetwork(office: Actor): Promise<number> {
  const known = await read(office, async (db) => ({
    network: await db.selectFrom('network.network').select('id').executeTakeFirst(),
    countries: (await db.selectFrom('network.country').select('code').execute()).length,
    memberships: await db.selectFrom('network.membership').select(['countryCode', 'valid']).execute(),
    partners: (await db.selectFrom('network.partner').select('name').execute()).map(({ name }) => name),
    defined: (
      await db.selectFrom('network.country').select('code').where('definitionId', 'is not', null).execute()
    ).map(({ code }) => code),
  }))
  let done = 0
  if (!known.network) {
    await foundNetwork(office, { ...data.network, source: 'es', demo: true })
    done += 1
  }
  if (known.countries < data.countries.length) {
    await enterCountries(
      office,
      (data.countries as [string, string, string, boolean][]).map(([code, zone, languages, editsAreReviewed]) => ({
        code,
        zone,
        inRegion: true,
        workingLanguages: languages.split(','),
        editsAreReviewed,
      })),
    )
    done += data.countries.length
  }
  for (const group of Object.values(data.memberships) as Codes[]) {
    for (const countryCode of group.countries) {
      if (known.memberships.some((one) => one.countryCode === countryCode)) continue
      await beginMembership(office, {
        countryCode,
        kind: 'member',
        from: group.from,
        last: group.last ?? null,
        source: group.source,
        beginIsKnown: false,
      })
      done += 1
    }
  }
  for (const [name, part, website, countryCode] of data.partners as [string, 'funds', string, string][]) {
    if (known.partners.includes(name)) continue
    await enterPartner(office, { name, part, website, countryCode })
    done += 1
  }
  for (const [code, [body, source]] of Object.entries(data.definitions) as [string, [string, string]][]) {
    if (known.defined.includes(code)) continue
    const country = (data.countries as [string, string, string, boolean][]).find(([one]) => one === code)!
    const language = country[2].split(',')[0]!
    await describeCountry(office, code, {
      introduction: {},
      definition: { [language]: body },
      definitionSource: source,
      editsAreReviewed: country[3],
      zone: country[1],
    })
    done += 1
  }
  return done
}

type Body = {
  code: string
  kind: 'council'
  name: Record<string, string>
  about?: Record<string, string>
  quorumShare?: number
}

/** The bodies, with a seat for each member country in the council. */
export async function fillGovernance(office: Actor): Promise<number> {
  const known = await read(office, (db) => db.selectFrom('network.body').select(['id', 'code']).execute())
  let done = 0
  for (const body of data.bodies as Body[]) {
    if (known.some(({ code }) => code === body.code)) continue
    const bodyId = await foundBody(office, { ...body, source: 'es' })
    for (const seat of seatsOf(body.code)) await addSeat(office, { bodyId, ...seat })
    done += 1
  }
  return done
}

function seatsOf(
  code: string,
): { office: 'chair' | 'delegate' | 'coordinator' | 'secretary' | 'member' | 'rapporteur'; countryCode?: string }[] {
  const members = [
    ...data.memberships.since2016.countries,
    ...data.memberships.cuba.countries,
    ...data.memberships.since2023.countries,
  ].sort()
  switch (code) {
    case 'consejo':
      return members.map((countryCode) => ({ office: 'delegate' as const, countryCode }))
    case 'comite-ejecutivo':
      return [
        { office: 'chair', countryCode: 'PE' },
        { office: 'member', countryCode: 'BR' },
        { office: 'member', countryCode: 'PT' },
        { office: 'member', countryCode: 'UY' },
      ]
    case 'unidad-tecnica':
      return [{ office: 'coordinator' }, { office: 'secretary' }]
    default:
      return [{ office: 'coordinator' }, { office: 'rapporteur' }, { office: 'member' }]
  }
}
