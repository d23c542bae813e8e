import './addresses.ts'
import { Feed } from 'feed'
import { require, type Problem } from '#kit/access'
import { get, page, post, room, seeOther, submit, tellConstraints, type Ask, type Typed } from '#kit/http'
import { say } from '#kit/words'
import { countRegister, findNetwork, listBodies, listDecisions, listMembersOn, searchRegister } from '#network'
import { mayWritePages } from './access.ts'
import { editPage, enterDocument, publishPage, withdrawPage, writePage } from './actions.ts'
import { listDoors } from './doors.ts'
import { documentForm, pageForm } from './forms.ts'
import { findPage, findWorkingPage, listDocuments, listNews, listPages, searchFront } from './queries.ts'
import { documentKinds } from './rules.ts'
import { listTasks } from './tasks.ts'
import { Home } from './views/home.tsx'
import { DocumentForm, Library } from './views/library.tsx'
import { Mine } from './views/mine.tsx'
import { News } from './views/news.tsx'
import { EditorialPage, PageLinks } from './views/page.tsx'
import { Search } from './views/search.tsx'
import { About, Accessibility } from './views/statement.tsx'
import { Write } from './views/write.tsx'
import { words } from './words/index.ts'

tellConstraints({
  "a page's address is used once": { field: 'slug', words: 'front.problem.slug-taken' },
  "a document's code is used once": { field: 'title', words: 'front.problem.code-taken' },
})

const today = (ask: Ask): string => ask.actor.now.toZonedDateTimeISO(ask.actor.zone).toPlainDate().toString()
const working = async (ask: Ask): Promise<string[]> =>
  (await ask.read((db) => findNetwork(ask.actor, db)))?.workingLanguages ?? ['es']

async function homePage(ask: Ask) {
  const { total, counts } = await countRegister(ask.actor)
  const rest = await ask.read(async (db) => ({
    about: (await findNetwork(ask.actor, db))?.about ?? null,
    members: (await listMembersOn(ask.actor, db, today(ask))).length,
    bodies: (await listBodies(ask.actor, db, today(ask))).length,
    decisions: (await listDecisions(ask.actor, db)).filter((one) => one.public).length,
    news: await listNews(ask.actor, db, { limit: 3 }),
  }))
  const byCountry = [...counts.country].flatMap(([code, count]) => (count > 0 ? [{ code, count }] : []))
  return page(<Home {...rest} museums={{ total, byCountry }} />)
}

async function aboutPage(ask: Ask) {
  const [network, pages] = await ask.read(
    async (db) => [await findNetwork(ask.actor, db), await listPages(ask.actor, db)] as const,
  )
  return page(
    <About
      about={network?.about ?? null}
      pages={<PageLinks pages={pages.filter(({ parentId }) => parentId === null)} />}
    />,
  )
}

async function newsPage(ask: Ask) {
  const from = Math.max(0, Math.trunc(Number(ask.query.get('from')) || 0))
  const news = await ask.read((db) => listNews(ask.actor, db, { limit: 21, offset: from }))
  return page(
    <News news={news.slice(0, 20)} mayWrite={mayWritePages(ask.actor)} older={news.length > 20 ? from + 20 : null} />,
  )
}

async function editorialPage(ask: Ask, kind: 'page' | 'news', problems?: Problem[]) {
  const found = await ask.read((db) => findPage(ask.actor, db, kind, ask.params['slug'] ?? ''))
  return page(<EditorialPage page={found} mayWrite={mayWritePages(ask.actor)} problems={problems} />)
}

/** Publishes or withdraws the page shown, by the button pressed. */
async function standingOf(ask: Ask, kind: 'page' | 'news') {
  const { id } = await ask.read((db) => findPage(ask.actor, db, kind, ask.params['slug'] ?? ''))
  const withdraw = (await ask.typed())['what'] === 'withdraw'
  return submit(ask, {
    form: pageForm.pick({}),
    act: (_input, { once }) =>
      withdraw ? withdrawPage(ask.actor, id, { once }) : publishPage(ask.actor, id, { once }),
    then: () => {
      ask.tell('done', withdraw ? 'front.done.withdrawn' : 'front.done.published')
      return new Response(null, { status: 303, headers: { location: ask.path } })
    },
    again: (_typed, problems) => editorialPage(ask, kind, problems),
  })
}

async function writeFormPage(ask: Ask, kind: 'page' | 'news', typed?: Typed, problems?: Problem[]) {
  require(mayWritePages(ask.actor))
  const tree = await ask.read((db) => listPages(ask.actor, db))
  return page(<Write kind={kind} tree={tree} working={await working(ask)} typed={typed} problems={problems} />)
}

const write = (ask: Ask, kind: 'page' | 'news') =>
  submit(ask, {
    form: pageForm,
    act: (input, { once }) => writePage(ask.actor, { ...input, kind, source: ask.language }, once),
    then: (id) => (ask.tell('done', 'front.done.written'), seeOther(ask, 'front.edit-page', { id })),
    again: (typed, problems) => writeFormPage(ask, kind, typed, problems),
  })

async function editFormPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  require(mayWritePages(ask.actor))
  const [found, tree] = await ask.read(
    async (db) =>
      [await findWorkingPage(ask.actor, db, ask.params['id'] ?? ''), await listPages(ask.actor, db)] as const,
  )
  return page(
    <Write
      kind={found.kind as 'page'}
      page={found}
      tree={tree}
      working={await working(ask)}
      typed={typed}
      problems={problems}
    />,
  )
}

async function takeEdit(ask: Ask) {
  const { kind, slug } = await ask.read((db) => findWorkingPage(ask.actor, db, ask.params['id'] ?? ''))
  return submit(ask, {
    form: pageForm,
    act: (input, sent) => editPage(ask.actor, ask.params['id'] ?? '', input, sent),
    then: () => (
      ask.tell('done', 'front.done.edited'),
      seeOther(ask, kind === 'news' ? 'front.news-item' : 'front.page', { slug })
    ),
    again: (typed, problems) => editFormPage(ask, typed, problems),
  })
}

async function libraryPage(ask: Ask) {
  const asked = { words: (ask.query.get('q') ?? '').slice(0, 200), kind: ask.query.get('kind') ?? '' }
  const kind = (documentKinds as readonly string[]).includes(asked.kind) ? asked.kind : ''
  const documents = await ask.read((db) => listDocuments(ask.actor, db, { words: asked.words, kind }))
  return page(<Library documents={documents} asked={{ ...asked, kind }} mayWrite={mayWritePages(ask.actor)} />)
}

async function documentFormPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  require(mayWritePages(ask.actor))
  return page(<DocumentForm working={await working(ask)} typed={typed} problems={problems} />)
}

async function searchPage(ask: Ask) {
  const asked = (ask.query.get('q') ?? '').slice(0, 200).trim()
  if (asked === '') return page(<Search asked="" museums={{ total: 0, hits: [] }} pages={[]} />)
  const { total, cards } = await searchRegister(ask.actor, { words: asked, chosen: {} }, 1, 5)
  const hits = cards.map((card) => ({
    room: 'network',
    title: card.name,
    language: card.nameLanguage,
    excerpt: card.city,
    to: 'network.museum',
    params: { id: card.slug },
  }))
  const pages = await ask.read((db) => searchFront(ask.actor, db, asked))
  return page(
    <Search
      asked={asked}
      museums={{ total: ask.has('network.museum') ? total : 0, hits: ask.has('network.museum') ? hits : [] }}
      pages={pages}
    />,
  )
}

/** The news of one language as Atom. */
async function newsFeed(ask: Ask) {
  const network = await ask.read((db) => findNetwork(ask.actor, db))
  const news = await ask.read((db) => listNews(ask.actor, db, { limit: 50 }))
  const words = (text: PageText): string => text?.[ask.language]?.body ?? Object.values(text ?? {})[0]?.body ?? ''
  const title = say(ask.language, 'front.page.feed', { network: words(network?.name ?? null) })
  const home = ask.origin + ask.address('front.news')
  const feed = new Feed({
    id: home,
    title,
    link: home,
    copyright: words(network?.name ?? null),
    language: ask.language,
  })
  for (const item of news.filter(({ state }) => state === 'published')) {
    const link = ask.origin + ask.address('front.news-item', { slug: item.slug })
    feed.addItem({
      id: link,
      link,
      title: words(item.title),
      description: words(item.summary),
      date: new Date(item.changedAt),
      published: new Date(item.publishedAt!),
    })
  }
  return new Response(feed.atom1(), { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } })
}
type PageText = { [language: string]: { body: string } | undefined } | null

async function minePage(ask: Ask) {
  if (!ask.session) require({ allowed: false, reason: 'kit.refused.sign-in' })
  const tasks = await ask.read((db) => listTasks(ask.actor, db))
  return page(<Mine tasks={tasks.filter(({ to }) => ask.has(to))} groups={listDoors(ask.actor)} />)
}

export const routes = room('front', words, [
  get('home', '/', homePage),
  get('about', '/{about}', aboutPage),
  get('accessibility', '/{accessibility}', () => page(<Accessibility />)),
  get('search', '/{search}', searchPage),
  get('mine', '/{mine}', minePage),
  get('library', '/{library}', libraryPage),
  get('enter-document', '/{library}/{add}', (ask) => documentFormPage(ask)),
  post('enter-document', '/{library}/{add}', (ask) =>
    submit(ask, {
      form: documentForm,
      act: (input, { once }) => enterDocument(ask.actor, { ...input, source: ask.language }, once),
      then: () => (ask.tell('done', 'front.done.document-entered'), seeOther(ask, 'front.library')),
      again: (typed, problems) => documentFormPage(ask, typed, problems),
    }),
  ),
  get('news', '/{news}', newsPage),
  get('news-feed', '/{news}/atom.xml', newsFeed),
  get('write-news', '/{news}/{new}', (ask) => writeFormPage(ask, 'news')),
  post('write-news', '/{news}/{new}', (ask) => write(ask, 'news')),
  get('news-item', '/{news}/:slug', (ask) => editorialPage(ask, 'news')),
  post('news-item', '/{news}/:slug', (ask) => standingOf(ask, 'news')),
  get('write-page', '/{pages}/{new}', (ask) => writeFormPage(ask, 'page')),
  post('write-page', '/{pages}/{new}', (ask) => write(ask, 'page')),
  get('edit-page', '/{pages}/:id/{edit}', (ask) => editFormPage(ask)),
  post('edit-page', '/{pages}/:id/{edit}', takeEdit),
  get('page', '/{pages}/:slug', (ask) => editorialPage(ask, 'page')),
  post('page', '/{pages}/:slug', (ask) => standingOf(ask, 'page')),
])
