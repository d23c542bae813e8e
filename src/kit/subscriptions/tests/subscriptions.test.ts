import assert from 'node:assert/strict'
import { BlockList } from 'node:net'
import { after, before, describe, it } from 'node:test'
import pino from 'pino'
import { Absent, Refused, visitor, type Actor } from '#kit/access'
import { createHall, seals, type Hall } from '#kit/http'
import { applyRetention, runJobsNow } from '#kit/jobs'
import type { Correspondent } from '#kit/mail'
import { read, record } from '#kit/record'
import { compareWords, languages } from '#kit/words'
import { installation, silent, type Installation } from '#help/installation'
import {
  announce,
  atomFeed,
  calendarFeed,
  changeFrequency,
  datedOf,
  endSubscription,
  entriesOf,
  listHappenings,
  listSubscriptions,
  subscribe,
  subscriptionRetention,
  subscriptionsRoom,
  subscriptionTasks,
  subscriptionWords,
  type Happening,
  type Wish,
} from '../index.ts'

const person = (n: number) => `0195c0de-0000-7000-8000-00000000000${n}`
const [ana, beto, carla, dario] = [person(1), person(2), person(3), person(4)] as const
const museum = person(9)
const wish = (kind: Wish['kind'], subject = '', more: Partial<Wish> = {}): Wish => ({
  kind,
  subject,
  room: null,
  title: null,
  frequency: 'at-once',
  ...more,
})
const opened = (more: Partial<Happening> = {}): Happening => ({
  room: 'calls',
  kind: 'call.opened',
  topics: ['conservation'],
  countries: ['PE', 'CL'],
  ownerId: museum,
  title: { es: 'Becas de formación', pt: 'Bolsas de formação' },
  lead: { es: 'Hasta el 30 de mayo' },
  path: { es: '/es/convocatorias/1', pt: '/pt/chamadas/1' },
  ...more,
})

describe('subscriptions', () => {
  let house: Installation
  let tasks: ReturnType<typeof subscriptionTasks>
  const people = new Map<string, Correspondent>([
    [ana, { personId: ana, address: 'ana@museos.example', language: 'es', zone: 'America/Lima' }],
    [beto, { personId: beto, address: 'beto@museos.example', language: 'pt', zone: 'America/Sao_Paulo' }],
    [carla, { personId: carla, address: 'carla@museos.example', language: 'ar', zone: 'Europe/Madrid' }],
  ])
  before(async () => {
    house = await installation()
    tasks = subscriptionTasks({
      correspondents: async (_db, ids) => new Map([...people].filter(([id]) => ids.includes(id))),
      matchers: {
        calls: async (_db, query, { title }) =>
          title.es!.toLowerCase().includes(new URLSearchParams(query).get('words') ?? '—'),
      },
    })
  })
  after(() => house.end())

  const tell = async (happening: Happening) => {
    const id = await record(house.system(), 'call.opened', {}, (db) => announce(db, happening))
    await runJobsNow({ ownerAddress: house.ownerAddress, tasks, log: silent })
    return id
  }
  const letters = async () => {
    const found = await house.ask(
      `select address, subject, language, purpose from mail.letter where state = 'queued' order by address, subject`,
    )
    await house.ask('delete from mail.letter')
    await house.ask('delete from graphile_worker._private_jobs')
    return found.map(({ address, subject }) => `${String(address).split('@')[0]}: ${String(subject)}`)
  }
  const digest = async (instant: string) => {
    const [task] = tasks.filter(({ name }) => name === 'subscriptions.digest')
    const actor: Actor = { ...house.system(), database: house.owner, now: Temporal.Instant.from(instant) }
    await task!.run(
      {},
      {
        actor,
        database: house.owner,
        progress: { id: null, cursor: null, step: async () => {}, finish: () => {} },
        signal: new AbortController().signal,
        log: silent,
        job: { id: '1', attempt: 1, attempts: 1 },
      },
    )
    return letters()
  }
  const forget = () =>
    house.ask(
      `alter table subscriptions.subscription disable trigger user; delete from subscriptions.subscription; alter table subscriptions.subscription enable trigger user; delete from subscriptions.happening`,
    )

  it('are made, changed and ended by their person, and seen by nobody else', async () => {
    const actor = house.person(ana)
    const id = await subscribe(actor, wish('topic', 'conservation', { title: 'Conservación' }))
    assert.equal(
      await subscribe(actor, wish('topic', 'conservation', { title: 'Conservación', frequency: 'daily' })),
      id,
    )
    const mine = await read(actor, (db) => listSubscriptions(actor, db))
    assert.deepEqual(
      mine.map(({ kind, subject, title, frequency }) => [kind, subject, title, frequency]),
      [['topic', 'conservation', 'Conservación', 'daily']],
    )
    assert.deepEqual(await read(house.person(beto), (db) => listSubscriptions(house.person(beto), db)), [])
    await assert.rejects(changeFrequency(house.person(beto), id, 'weekly'), Absent)
    await assert.rejects(endSubscription(house.person(beto), id), Absent)
    await changeFrequency(actor, id, 'weekly')
    await endSubscription(actor, id)
    assert.deepEqual(await read(actor, (db) => listSubscriptions(actor, db)), [])
    const nobody = visitor({ database: house.database, language: 'es', now: actor.now, requestId: 'test' })
    assert.throws(() => subscribe(nobody, wish('everything')), Refused)
  })

  it('tell those who asked, once each, in their language', async () => {
    await subscribe(house.person(ana), wish('topic', 'conservation'))
    await subscribe(house.person(ana), wish('country', 'PE'))
    await subscribe(house.person(beto), wish('search', 'words=becas', { room: 'calls' }))
    await subscribe(house.person(carla), wish('owner', museum))
    await subscribe(house.person(dario), wish('everything'))
    await tell(opened())
    const [first] = await house.ask(`select subject, body, purpose from mail.letter where address like 'beto@%'`)
    assert.equal(first!['purpose'], 'subscriptions')
    assert.deepEqual((first!['body'] as { blocks: unknown[] }).blocks[1], {
      kind: 'list',
      items: [{ text: 'Bolsas de formação', href: '/pt/chamadas/1', note: 'Hasta el 30 de mayo' }],
    })
    assert.deepEqual((first!['body'] as { blocks: object[] }).blocks.at(-1), {
      kind: 'button',
      label: 'Mudar meus avisos',
      href: '/pt/meus-avisos',
    })
    // Darío has no address: nothing waits for him for ever.
    assert.deepEqual(await letters(), [
      'ana: Becas de formación',
      'beto: Bolsas de formação',
      'carla: Becas de formación',
    ])
    assert.deepEqual(await house.ask('select count(*)::int as n from subscriptions.told where letter_id is null'), [
      { n: 0 },
    ])
    await forget()
  })

  it('leave alone those who asked for something else', async () => {
    await subscribe(house.person(ana), wish('topic', 'conservation', { room: 'courses' }))
    await subscribe(house.person(ana), wish('country', 'AR'))
    await subscribe(house.person(beto), wish('search', 'words=reunión', { room: 'calls' }))
    await subscribe(house.person(beto), wish('search', 'words=becas', { room: 'courses' }))
    await tell(opened())
    assert.deepEqual(await letters(), [])
    await forget()
  })

  it('go with the deed', async () => {
    await subscribe(house.person(ana), wish('everything'))
    await assert.rejects(
      record(house.system(), 'call.opened', {}, async (db) => {
        await announce(db, opened())
        throw new Error('no')
      }),
      /no/,
    )
    assert.equal(await runJobsNow({ ownerAddress: house.ownerAddress, tasks, log: silent }), 0)
    await forget()
  })

  it('wait for the hour of each person, and on Monday for the week', async () => {
    await subscribe(house.person(ana), wish('everything', '', { frequency: 'daily' }))
    await subscribe(house.person(carla), wish('everything', '', { frequency: 'weekly' }))
    await tell(opened())
    await tell(opened({ title: { es: 'Otra' } }))
    assert.deepEqual(await letters(), [])
    // A Thursday: 7 in Madrid, then 7 in Lima.
    assert.deepEqual(await digest('2026-11-26T06:05:00Z'), [])
    assert.deepEqual(await digest('2026-11-26T12:05:00Z'), ['ana: 2 novedades de hoy'])
    assert.deepEqual(await digest('2026-11-27T12:05:00Z'), [])
    assert.deepEqual(await digest('2026-11-30T06:05:00Z'), ['carla: خبران جديدان هذا الأسبوع'])
    await forget()
  })

  it('come as Atom and iCalendar too', async () => {
    await tell(
      opened({
        startsAt: '2026-12-01T15:00:00Z',
        endsAt: '2026-12-01T17:00:00Z',
        place: 'Lima',
        aboutId: person(8),
        title: { es: 'Reunión <1>' },
      }),
    )
    await tell(opened({ startsAt: '2026-12-02T15:00:00Z', aboutId: person(8), title: { es: 'Reunión <2>' } }))
    await tell(opened({ countries: ['BR'] }))
    const of = {
      title: 'Novedades',
      address: 'https://red.example/a',
      page: 'https://red.example/es',
      network: 'Red',
      language: 'es',
      origin: 'https://red.example',
    } as const
    const among = await read(house.person(ana), (db) => listHappenings(house.person(ana), db, { country: 'PE' }))
    const xml = atomFeed(of, entriesOf(among, 'es'))
    assert.match(xml, /<feed xml:lang="es" xmlns="http:\/\/www\.w3\.org\/2005\/Atom">/)
    assert.match(xml, new RegExp(`<id>urn:uuid:${among[0]!.id}</id>`))
    assert.ok(xml.includes('Reunión &lt;2&gt;') || xml.includes('<![CDATA[Reunión <2>]]>'))
    assert.ok(xml.includes('href="https://red.example/es/convocatorias/1"'))
    assert.equal(xml.split('<entry>').length - 1, 2)
    const calendar = calendarFeed(of, datedOf(among, 'es'))
    assert.equal(calendar.split('BEGIN:VEVENT').length - 1, 1, 'the meeting was moved, not doubled')
    assert.match(calendar, /DTSTART:20261202T150000Z/)
    assert.match(calendar, new RegExp(`UID:${person(8)}@red.example`))
    assert.match(
      calendarFeed(of, datedOf([among[1]!, ...among.slice(2)], 'es')),
      /DTEND:20261201T170000Z[\s\S]*LOCATION:Lima/,
    )
    const cancelled = calendarFeed(of, datedOf([{ ...among[0]!, kind: 'meeting.cancelled' }], 'es'))
    assert.match(cancelled, /STATUS:CANCELLED/)
  })

  it('are let go of by rule, but for what is still to come', async () => {
    await house.ask(`update subscriptions.happening set at = now() - interval '181 days'`)
    await house.ask(
      `update subscriptions.happening set starts_at = now() + interval '1 day', ends_at = null where title ->> 'es' = 'Reunión <2>'`,
    )
    await house.ask(
      `update subscriptions.happening set starts_at = now() - interval '200 days', ends_at = null where title ->> 'es' = 'Reunión <1>'`,
    )
    const taken = await applyRetention({ ...house.system(), database: house.owner }, subscriptionRetention)
    assert.equal(taken['subscriptions.happening'], 2)
    assert.deepEqual(await house.ask(`select title ->> 'es' as title from subscriptions.happening`), [
      { title: 'Reunión <2>' },
    ])
  })

  describe('on their page', () => {
    let hall: Hall
    before(() => {
      hall = createHall({
        rooms: [subscriptionsRoom({ network: async () => 'Red' })],
        database: house.database,
        identify: async () => ({
          session: { id: 's', personId: ana, name: 'Ana', provedAt: Temporal.Now.instant(), secondFactor: false },
          grants: [],
          language: 'es',
          zone: 'America/Lima',
        }),
        frame: async () => ({ network: 'Red', zone: 'UTC', demo: false, threads: [] }),
        seals: seals('a secret of thirty-two characters!'),
        proxies: new BlockList(),
        asset: async () => null,
        assetPath: (file) => `/assets/${file}`,
        log: pino({ level: 'silent' }),
        origin: 'https://red.example',
      })
    })
    const headers = { cookie: 'quipu.session=1', 'sec-fetch-site': 'same-origin' }
    const send = (path: string, fields: Record<string, string>) =>
      hall.request(path, { method: 'POST', headers, body: new URLSearchParams(fields) })

    it('are asked for by a link, changed and ended without script', async () => {
      const empty = await (await hall.request('/es/mis-avisos', { headers })).text()
      assert.ok(empty.includes('Todavía no pidió ningún aviso.'))
      const asked = await (
        await hall.request('/es/mis-avisos/nuevo?kind=country&subject=PE&title=Per%C3%BA', { headers })
      ).text()
      assert.ok(asked.includes('País: Perú') && asked.includes('value="PE"'))
      const unchosen = await send('/es/mis-avisos/nuevo', { kind: 'country', subject: 'PE', title: 'Perú' })
      assert.equal(unchosen.status, 422)
      assert.ok((await unchosen.text()).includes('País: Perú'))
      const made = await send('/es/mis-avisos/nuevo', {
        kind: 'country',
        subject: 'PE',
        title: 'Perú',
        room: '',
        frequency: 'weekly',
      })
      assert.deepEqual([made.status, made.headers.get('location')], [303, '/es/mis-avisos'])
      const [mine] = await read(house.person(ana), (db) => listSubscriptions(house.person(ana), db))
      const page = await (await hall.request('/es/mis-avisos', { headers })).text()
      assert.ok(page.includes('País: Perú') && page.includes(mine!.id))
      assert.equal((await send('/es/mis-avisos', { id: mine!.id, frequency: 'daily' })).status, 303)
      assert.equal((await send('/es/mis-avisos', { id: mine!.id, frequency: 'never' })).status, 303)
      assert.deepEqual(await read(house.person(ana), (db) => listSubscriptions(house.person(ana), db)), [])
      assert.equal((await send('/es/mis-avisos', { id: mine!.id, frequency: 'never' })).status, 404)
      assert.equal((await hall.request('/es/mis-avisos')).status, 403)
    })

    it('have feeds that anyone may read', async () => {
      const atom = await hall.request('/feeds/pt/news.atom?room=calls')
      assert.deepEqual([atom.status, atom.headers.get('content-type')], [200, 'application/atom+xml; charset=utf-8'])
      assert.match(await atom.text(), /xml:lang="pt"[\s\S]*Novidades de Red/)
      const calendar = await hall.request('/feeds/es/calendar.ics')
      assert.match(await calendar.text(), /^BEGIN:VCALENDAR[\s\S]*Agenda de Red[\s\S]*Reunión <2>/)
    })
  })

  for (const language of languages)
    it(`words are whole in ${language}`, () =>
      assert.deepEqual(compareWords(subscriptionWords.texts.es, subscriptionWords.texts[language], language), []))
})
