import { sql } from 'kysely'
import type { Actor } from '#kit/access'
import { read } from '#kit/record'
import { enterDocument, publishPage, writePage } from '#front'
import { castVote, decideMotion, enterPastDecision, giveMandate, proposeMotion } from '#network'
import data from './data/life.json' with { type: 'json' }
import { actorNamed, people } from './people.ts'

type Choice = 'for' | 'against' | 'abstention'

const byPart = (part: string): string | undefined => people.find((person) => person.part === part)?.firstSurname
const today = (actor: Actor): string => actor.now.toZonedDateTimeISO(actor.zone).toPlainDate().toString()

/** Who sits where: officers for their countries, the technical unit in its own seats. */
export async function fillMandates(office: Actor): Promise<number> {
  const seats = await read(
    office,
    async (db) =>
      (
        await sql<{ id: string; body: string; office: string; country: string | null }>`
        select s.id, b.code as body, s.office, s.country_code as country from network.seat s join network.body b on b.id = s.body_id
        where not exists (select from network.mandate m where m.seat_id = s.id)`.execute(db)
      ).rows,
  )
  let done = 0
  for (const seat of seats) {
    const surname =
      seat.country !== null
        ? byPart(`country-officer:${seat.country}`)
        : (
            {
              'unidad-tecnica coordinator': byPart('steward'),
              'unidad-tecnica secretary': byPart('editor'),
              'mesa-formacion coordinator': 'Monteiro',
              'mesa-formacion rapporteur': 'Haddad',
              'mesa-patrimonio coordinator': 'Villagrán',
            } as Record<string, string | undefined>
          )[`${seat.body} ${seat.office}`]
    if (!surname) continue
    const { personId } = await actorNamed(office, surname)
    await giveMandate(office, {
      seatId: seat.id,
      personId: personId!,
      from: '2025-01-01',
      ...(seat.body === 'comite-ejecutivo' && { last: '2027-12-31' }),
    })
    done += 1
  }
  return done
}

/** Decisions: one of public history with its source, one taken here vote by vote, one still open. */
export async function fillDecisions(office: Actor): Promise<number> {
  const known = await read(office, async (db) => ({
    codes: (await db.selectFrom('network.decision').select('code').execute()).map(({ code }) => code),
    bodies: await db.selectFrom('network.body').select(['id', 'code']).execute(),
  }))
  const bodyId = (code: string): string => known.bodies.find((body) => body.code === code)!.id
  let done = 0
  for (const { body, ...decision } of data.decisions) {
    if (known.codes.includes(decision.code)) continue
    await enterPastDecision(office, {
      ...decision,
      rule: decision.rule as 'unanimity',
      state: 'adopted',
      bodyId: bodyId(body),
      source: 'es',
      public: true,
    })
    done += 1
  }
  for (const { body, votes, decide, ...motion } of data.motions) {
    if (known.codes.includes(motion.code)) continue
    const decisionId = await proposeMotion(office, {
      ...motion,
      rule: motion.rule as 'unanimity',
      bodyId: bodyId(body),
      source: 'es',
      public: true,
    })
    const seats = await read(office, (db) =>
      db.selectFrom('network.seat').select(['id', 'countryCode']).where('bodyId', '=', bodyId(body)).execute(),
    )
    for (const [country, choice] of Object.entries(votes) as [string, Choice][]) {
      const surname = byPart(`country-officer:${country}`)
      const seat = seats.find(({ countryCode }) => countryCode === country)
      if (surname && seat) await castVote(await actorNamed(office, surname), { decisionId, seatId: seat.id, choice })
    }
    if (decide) await decideMotion(office, decisionId, { decidedOn: today(office) })
    done += 1
  }
  return done
}

type Bodies = Record<string, string>

/** News and the library. */
export async function fillFront(office: Actor): Promise<number> {
  const known = await read(office, async (db) => ({
    news: (await db.selectFrom('front.page').select('slug').execute()).map(({ slug }) => slug),
    documents: (await db.selectFrom('front.document').select('id').execute()).length,
  }))
  let done = 0
  for (const item of data.news as { title: Bodies; summary: Bodies; body: Bodies }[]) {
    const slug = item.title['es']!.normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z]+/g, '-')
    if (known.news.includes(slug)) continue
    await publishPage(office, await writePage(office, { kind: 'news', ...item, slug, source: 'es' }))
    done += 1
  }
  if (known.documents === 0) {
    for (const document of data.documents) {
      await enterDocument(office, {
        ...document,
        kind: document.kind as 'manual',
        title: document.title,
        summary: document.summary,
        source: 'es',
      })
      done += 1
    }
  }
  return done
}
