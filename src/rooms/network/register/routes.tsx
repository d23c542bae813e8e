import './addresses.ts'
import { Absent, require, type Problem } from '#kit/access'
import { listRenditions, pictureProps } from '#kit/files'
import { get, page, post, room, seeOther, submit, type Answer, type Ask, type Typed } from '#kit/http'
import type { PictureProps } from '#kit/view'
import { speak } from '#kit/words'
import { mayDecideEdit, mayEdit, mayMerge, mayReadHistory, mayValidate } from '../institutions/access.ts'
import { findInstitution, findWaitingEdit, type Institution } from '../institutions/queries.ts'
import { mayHaveKey } from './access.ts'
import { changesFeed, listRegisterChanges } from './changes.ts'
import { boundsFrom, emptyForm, keyForm, pageFrom } from './forms.ts'
import { issueApiKey, keepToRate, listApiKeys, revokeApiKey } from './keys.ts'
import { csvHead, csvLine, listOpenRows, openFeature, openObject, openStream } from './open-data.ts'
import { openApi, paths, perPageAtMost } from './openapi.ts'
import { countListed, listHitIds, listNearby, mapRegister, searchRegister, wishFrom } from './queries.ts'
import { listPictureFiles } from './pictures.ts'
import { ApiPage, DataPage, KeysPage } from './views/data.tsx'
import { RevokePage } from './views/revoke.tsx'
import { asQuery, MuseumsPage } from './views/list.tsx'
import { MuseumsMapPage } from './views/map.tsx'
import { MuseumPage, type MuseumMay } from './views/museum.tsx'
import { words } from './words/index.ts'

const urlOf = (ask: Ask) => (slug: string) => ask.origin + ask.address('network.museum', { id: slug })

async function museumsPage(ask: Ask): Promise<Answer> {
  const wish = wishFrom(ask.query)
  const found = await searchRegister(ask.actor, wish, pageFrom(ask.query, 'page', 1, 1_000_000))
  return page(<MuseumsPage found={found} wish={wish} listed={await countListed(ask.actor)} />)
}

async function mapPage(ask: Ask): Promise<Answer> {
  const wish = wishFrom(ask.query)
  const within = boundsFrom(ask.query.get('within'))
  return page(
    <MuseumsMapPage mapped={await mapRegister(ask.actor, wish, within)} wish={wish} closer={within !== null} />,
  )
}

async function museumPage(ask: Ask): Promise<Answer> {
  const asked = ask.params['id']!
  const { it, pictures, may } = await ask.read(async (db) => {
    const found = await findInstitution(ask.actor, db, asked)
    return { it: found, pictures: await picturesOf(ask, found), may: await mayDo(ask, found) }
  })
  // A merged entry leads on, and every entry has one address.
  if (it.mergedInto) return moved(ask, it.mergedInto.slug)
  if (asked !== it.slug) return moved(ask, it.slug)
  const near = it.state === 'listed' ? await listNearby(ask.actor, it.id) : []
  return page(<MuseumPage it={it} near={near} pictures={pictures} may={may} origin={ask.origin} />)
}

const moved = (ask: Ask, slug: string): Response =>
  new Response(null, { status: 301, headers: { location: ask.address('network.museum', { id: slug }) } })

async function picturesOf(ask: Ask, it: Institution): Promise<PictureProps[]> {
  if (it.pictures.length === 0) return []
  return ask.read(async (db) => {
    const files = await listPictureFiles(
      ask.actor,
      db,
      it.pictures.map(({ fileId }) => fileId),
    )
    const renditions = await listRenditions(
      db,
      files.map(({ id }) => id),
    )
    return files.flatMap((file) => pictureProps(file, renditions, ask) ?? [])
  })
}

async function mayDo(ask: Ask, it: Institution): Promise<MuseumMay> {
  const { actor } = ask
  if (actor.kind === 'visitor') return { edit: false, validate: false, decide: false, history: false, part: false }
  const waiting = await ask.read((db) => findWaitingEdit(actor, db, it.id))
  return {
    edit: mayEdit(actor, it).allowed,
    validate: mayValidate(actor, it).allowed,
    decide: waiting !== null && mayDecideEdit(actor, it, waiting.personId).allowed,
    history: mayReadHistory(actor, it).allowed,
    part: mayMerge(actor, it, it).allowed,
  }
}

const open = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization' } as const
const json = (value: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), {
    headers: { 'content-type': 'application/json; charset=utf-8', ...open, ...headers },
  })

async function download(ask: Ask, kind: 'csv' | 'geojson' | 'json'): Promise<Response> {
  await keepToRate(ask)
  const ids = await listHitIds(ask.actor, wishFrom(ask.query))
  const url = urlOf(ask)
  const listed = (open_: string, write: typeof openObject) => ({
    head: open_,
    line: (row: Parameters<typeof openObject>[0], first: boolean) =>
      (first ? '' : ',\n') + JSON.stringify(write(row, url)),
    tail: '\n]}\n',
  })
  const how = {
    csv: { head: `\ufeff${csvHead()}`, line: (row: Parameters<typeof csvLine>[0]) => csvLine(row, url), tail: '' },
    geojson: listed('{"type":"FeatureCollection","features":[\n', openFeature),
    json: listed(`{"total":${ids.length},"institutions":[\n`, openObject),
  }[kind]
  const types = {
    csv: 'text/csv; charset=utf-8; header=present',
    geojson: 'application/geo+json',
    json: 'application/json; charset=utf-8',
  }
  return new Response(openStream(ask.actor, ids, how), {
    headers: { 'content-type': types[kind], 'content-disposition': `attachment; filename="museums.${kind}"`, ...open },
  })
}

async function apiInstitutions(ask: Ask): Promise<Response> {
  await keepToRate(ask)
  const wish = wishFrom(ask.query)
  const many = pageFrom(ask.query, 'per_page', 30, perPageAtMost)
  const found = await searchRegister(ask.actor, wish, pageFrom(ask.query, 'page', 1, 1_000_000), many)
  const rows = await ask.read((db) =>
    listOpenRows(
      ask.actor,
      db,
      found.cards.map(({ id }) => id),
    ),
  )
  const next = new URLSearchParams(ask.query)
  next.set('page', String(found.page + 1))
  return json({
    total: found.total,
    page: found.page,
    pages: found.pages,
    next: found.page < found.pages ? `${ask.origin}${paths.institutions}?${next}` : null,
    institutions: rows.map((row) => openObject(row, urlOf(ask))),
  })
}

async function apiInstitution(ask: Ask): Promise<Response> {
  await keepToRate(ask)
  const row = await ask
    .read(async (db) => {
      const it = await findInstitution(ask.actor, db, ask.params['id']!)
      return (await listOpenRows(ask.actor, db, [it.mergedInto?.id ?? it.id]))[0]
    })
    .catch((error: unknown) => {
      if (error instanceof Absent) return undefined
      throw error
    })
  if (!row)
    return new Response('{"error":"absent"}', { status: 404, headers: { 'content-type': 'application/json', ...open } })
  return json(openObject(row, urlOf(ask)))
}

async function apiFacets(ask: Ask): Promise<Response> {
  await keepToRate(ask)
  const found = await searchRegister(ask.actor, wishFrom(ask.query), 1, 1)
  const counts = Object.entries(found.counts).map(([facet, values]) => [
    facet,
    Object.fromEntries([...values].filter(([, count]) => count > 0).sort(([one], [other]) => (one < other ? -1 : 1))),
  ])
  return json({ total: found.total, facets: Object.fromEntries(counts) })
}

async function keysPage(
  ask: Ask,
  typed?: Typed,
  problems: readonly Problem[] = [],
  fresh: string | null = null,
): Promise<Answer> {
  require(mayHaveKey(ask.actor))
  const keys = await ask.read((db) => listApiKeys(ask.actor, db))
  return page(<KeysPage keys={keys} fresh={fresh} typed={typed} problems={problems} />)
}

async function revokePage(ask: Ask): Promise<Answer> {
  require(mayHaveKey(ask.actor))
  const key = (await ask.read((db) => listApiKeys(ask.actor, db))).find(({ id }) => id === ask.params['id'])
  if (!key) throw new Absent()
  return page(<RevokePage of={key} />)
}

async function changes(ask: Ask): Promise<Response> {
  const rows = await ask.read((db) => listRegisterChanges(ask.actor, db))
  const self = ask.origin + ask.address('network.register-changes')
  const text = changesFeed(ask.actor, rows, {
    id: self,
    self,
    page: ask.origin + ask.address('network.museums'),
    urlOf: urlOf(ask),
  })
  return new Response(text, { headers: { 'content-type': 'application/atom+xml; charset=utf-8', ...open } })
}

export const routes = room('network', words, [
  get('museums', '/{museums}', museumsPage),
  get('museums-map', '/{register}/{map}', mapPage),
  get('register-data', '/{register}/{data}', (ask) => page(<DataPage query={asQuery(wishFrom(ask.query))} />)),
  get('register-api', '/{register}/{api}', (ask) =>
    page(<ApiPage origin={ask.origin} mayHaveKey={mayHaveKey(ask.actor).allowed} />),
  ),
  get('register-changes', '/{register}/atom.xml', changes),
  get('api-keys', '/{register}/{keys}', (ask) => keysPage(ask)),
  post('api-keys', '/{register}/{keys}', (ask) =>
    submit(ask, {
      form: keyForm,
      act: ({ label }, { once }) => issueApiKey(ask.actor, { label, once }),
      // Shown in the answer itself and nowhere else: a key that travelled by an address would stay in logs.
      then: (made) => keysPage(ask, undefined, [], made?.key ?? null),
      again: (typed, problems) => keysPage(ask, typed, problems),
    }),
  ),
  get('revoke-api-key', '/{register}/{keys}/:id', (ask) => revokePage(ask)),
  post('revoke-api-key', '/{register}/{keys}/:id', (ask) =>
    submit(ask, {
      form: emptyForm,
      act: (_, { once }) => revokeApiKey(ask.actor, ask.params['id']!, { once }),
      then: () => {
        ask.tell('done', 'register.keys.revoked')
        return seeOther(ask, 'network.api-keys')
      },
      again: () => revokePage(ask),
    }),
  ),
  get('museum', '/{museums}/:id', museumPage),
  get('museums-csv', '/data/museums.csv', (ask) => download(ask, 'csv'), { plain: true }),
  get('museums-geojson', '/data/museums.geojson', (ask) => download(ask, 'geojson'), { plain: true }),
  get('museums-json', '/data/museums.json', (ask) => download(ask, 'json'), { plain: true }),
  get('api-institutions', paths.institutions, apiInstitutions, { plain: true }),
  get('api-facets', paths.facets, apiFacets, { plain: true }),
  get(
    'api-openapi',
    paths.openapi,
    (ask) => {
      const t = speak(words, ask.language) as unknown as (key: string) => string
      return json(openApi(ask.origin, t('api.title'), t))
    },
    { plain: true },
  ),
  get('api-institution', paths.institution, apiInstitution, { plain: true }),
])
