import { sql } from 'kysely'
import { found, Problems, refuseProblems, require, type Actor } from '#kit/access'
import { newText } from '#kit/text'
import { record } from '#kit/record'
import { mayManageCountry, mayManageNetwork } from '../access.ts'
import { periodProblems, rangeThrough, type MembershipKind } from '../rules.ts'
import { keepTyped, textIfTyped, type Bodies } from './texts.ts'

export type NewNetwork = {
  code: string
  name: Bodies
  about?: Bodies
  source: string
  seatCountry: string
  seatCity: string
  zone: string
  workingLanguages: string[]
  demo?: boolean
  foundedYear?: number | null
}

/** Founds the network of this installation: once. Answers its id. */
export function foundNetwork(actor: Actor, input: NewNetwork): Promise<string> {
  return record(actor, 'network.founded', { about: { kind: 'network' } }, async (db, deed) => {
    require(mayManageNetwork(actor))
    const texts = { owner: { kind: 'network' } as const, room: 'network' }
    const nameId = await newText(actor, db, {
      ...texts,
      purpose: 'network.name',
      form: 'line',
      source: input.source,
      bodies: input.name,
      publish: true,
    })
    const aboutId = await textIfTyped(actor, db, input.about, { ...texts, purpose: 'network.about', form: 'markdown' })
    const { id } = await db
      .insertInto('network.network')
      .values({
        code: input.code,
        nameId,
        aboutId,
        seatCountry: input.seatCountry,
        seatCity: input.seatCity,
        zone: input.zone,
        workingLanguages: input.workingLanguages,
        demo: input.demo ?? false,
        foundedYear: input.foundedYear ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    deed.concerns(id)
    return id
  })
}

export type NetworkDescription = {
  name: Bodies
  about: Bodies
  seatCountry: string
  seatCity: string
  zone: string
  workingLanguages: string[]
}

/** Says anew what the network is called, is about, where it sits and in which languages it works. */
export function describeNetwork(actor: Actor, input: NetworkDescription, once: string | null = null): Promise<void> {
  return record(actor, 'network.described', { about: { kind: 'network' }, once }, async (db, deed) => {
    require(mayManageNetwork(actor))
    const network = found(await db.selectFrom('network.network').select(['id', 'nameId', 'aboutId']).executeTakeFirst())
    deed.concerns(network.id)
    const texts = { owner: { kind: 'network' } as const, room: 'network' }
    await keepTyped(actor, db, network.nameId, input.name, { ...texts, purpose: 'network.name', form: 'line' })
    const aboutId = await keepTyped(actor, db, network.aboutId, input.about, {
      ...texts,
      purpose: 'network.about',
      form: 'markdown',
    })
    await db
      .updateTable('network.network')
      .set({
        aboutId,
        seatCountry: input.seatCountry,
        seatCity: input.seatCity,
        zone: input.zone,
        workingLanguages: input.workingLanguages,
      })
      .where('id', '=', network.id)
      .execute()
  })
}

export type NewCountry = {
  code: string
  inRegion: boolean
  zone: string
  workingLanguages: string[]
  editsAreReviewed?: boolean
}

/** Enters countries, so that institutions and people may belong to them. Those entered already stay as they are. */
export function enterCountries(actor: Actor, countries: readonly NewCountry[]): Promise<void> {
  return record(actor, 'country.entered', { about: { kind: 'country' } }, async (db) => {
    require(mayManageNetwork(actor))
    await db
      .insertInto('network.country')
      .values(
        countries.map(({ code, inRegion, zone, workingLanguages, editsAreReviewed }) => ({
          code,
          inRegion,
          zone,
          workingLanguages,
          editsAreReviewed: editsAreReviewed ?? true,
        })),
      )
      .onConflict((conflict) => conflict.column('code').doNothing())
      .execute()
  })
}

export type CountryDescription = {
  introduction: Bodies
  definition: Bodies
  definitionSource: string
  editsAreReviewed: boolean
  zone: string
}

/** A country says what a museum is there, under which law, and whether its museums' own edits wait for its officer. */
export function describeCountry(
  actor: Actor,
  code: string,
  input: CountryDescription,
  once: string | null = null,
): Promise<void> {
  return record(actor, 'country.described', { about: { kind: 'country' }, once }, async (db, deed) => {
    require(mayManageCountry(actor, code))
    const country = found(
      await db
        .selectFrom('network.country')
        .select(['id', 'introductionId', 'definitionId'])
        .where('code', '=', code)
        .executeTakeFirst(),
    )
    deed.concerns(country.id)
    const texts = { owner: { kind: 'country', id: code } as const, room: 'network', form: 'markdown' as const }
    const introductionId = await keepTyped(actor, db, country.introductionId, input.introduction, {
      ...texts,
      purpose: 'country.introduction',
    })
    const definitionId = await keepTyped(actor, db, country.definitionId, input.definition, {
      ...texts,
      purpose: 'country.definition',
    })
    await db
      .updateTable('network.country')
      .set({
        introductionId,
        definitionId,
        definitionSource: input.definitionSource,
        editsAreReviewed: input.editsAreReviewed,
        zone: input.zone,
      })
      .where('id', '=', country.id)
      .execute()
  })
}

export type NewMembership = {
  countryCode: string
  kind: MembershipKind
  from: string | null
  last?: string | null
  decisionId?: string | null
  source?: string
  beginIsKnown?: boolean
}

/** A country's membership begins, by a decision. It may be told with its end when it lies in the past. Answers its id. */
export function beginMembership(actor: Actor, input: NewMembership, once: string | null = null): Promise<string> {
  return record(actor, 'membership.begun', { about: { kind: 'membership' }, once }, async (db, deed) => {
    require(mayManageNetwork(actor))
    refuseProblems(periodProblems(input.from, input.last ?? null))
    const { id } = await db
      .insertInto('network.membership')
      .values({
        countryCode: input.countryCode,
        kind: input.kind,
        valid: rangeThrough(input.from, input.last ?? null),
        decisionId: input.decisionId ?? null,
        source: input.source ?? '',
        beginIsKnown: input.beginIsKnown ?? true,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    deed.concerns(id)
    return id
  })
}

/** A membership ends: `last` is its last day. What it was before stays true. */
export function endMembership(
  actor: Actor,
  id: string,
  input: { last: string; decisionId?: string | null; reason?: string | null },
  once: string | null = null,
): Promise<void> {
  return record(
    actor,
    'membership.ended',
    { about: { kind: 'membership', id }, reason: input.reason ?? null, once },
    async (db) => {
      require(mayManageNetwork(actor))
      const membership = found(
        await db
          .selectFrom('network.membership')
          .select(sql<string | null>`lower(valid)::text`.as('from'))
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst(),
      )
      if (membership.from && input.last < membership.from)
        throw new Problems([{ field: 'last', words: 'kit.problem.date-order' }])
      await db
        .updateTable('network.membership')
        .set({ valid: rangeThrough(membership.from, input.last) })
        .where('id', '=', id)
        .execute()
    },
  )
}

export type NewPartner = {
  name: string
  part: 'coordinates' | 'administers' | 'funds' | 'supports'
  website?: string
  countryCode?: string | null
  source?: string
}

/** A partner or funder, with its part in the network. */
export function enterPartner(actor: Actor, input: NewPartner, once: string | null = null): Promise<string> {
  return record(actor, 'partner.entered', { about: { kind: 'partner' }, once }, async (db, deed) => {
    require(mayManageNetwork(actor))
    const { id } = await db
      .insertInto('network.partner')
      .values({
        name: input.name,
        part: input.part,
        website: input.website ?? '',
        countryCode: input.countryCode ?? null,
        source: input.source ?? '',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    deed.concerns(id)
    return id
  })
}

export type NewLaw = {
  countryCode: string
  kind: 'law' | 'policy' | 'definition' | 'other'
  title: Bodies
  source: string
  url: string
  adoptedOn: string | null
  summary?: Bodies
}

/** A law or policy of a country, with its document or address. */
export function enterLaw(actor: Actor, input: NewLaw, once: string | null = null): Promise<string> {
  return record(actor, 'law.entered', { about: { kind: 'law' }, once }, async (db, deed) => {
    require(mayManageCountry(actor, input.countryCode))
    const texts = { owner: { kind: 'country', id: input.countryCode } as const, room: 'network' }
    const titleId = await newText(actor, db, {
      ...texts,
      purpose: 'law.title',
      form: 'line',
      source: input.source,
      bodies: input.title,
      publish: true,
    })
    const summaryId = await textIfTyped(actor, db, input.summary, { ...texts, purpose: 'law.summary', form: 'plain' })
    const { id } = await db
      .insertInto('network.countryLaw')
      .values({
        countryCode: input.countryCode,
        kind: input.kind,
        titleId,
        summaryId,
        url: input.url,
        adoptedOn: input.adoptedOn,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    deed.concerns(id)
    return id
  })
}
