import './addresses.ts'
import { Absent, Problems, refuseProblems, require, type Actor, type Problem } from '#kit/access'
import type { Db } from '#kit/db'
import { get, page, post, room, seeOther, submit, type Ask, type Room, type Typed } from '#kit/http'
import {
  applyXliff,
  countDesk,
  dismissStale,
  exportXliff,
  findDeskText,
  listDesk,
  mayPublishText,
  mayReviewText,
  mayTranslate,
  mayUseDesk,
  publishText,
  reviewText,
  sendTextToReview,
  translateText,
  type Owner,
  type XliffOutcome,
} from '#kit/text'
import { canonicalTag, isLanguageTag } from '#kit/words'
import { fileForm, writingForm, type WritingDeed } from './forms.ts'
import { listForExport, listLanguages, listSources } from './queries.ts'
import { fileLimit, readUpload } from './upload.ts'
import { List, shows, type Show } from './views/list.tsx'
import { Overview } from './views/overview.tsx'
import { Writing } from './views/writing.tsx'
import { words } from './words/index.ts'

/** What the desk asks of the house: how owners that are not countries are called, by `kind:id`. */
export type DeskSettings = { ownerNames(actor: Actor, db: Db, owners: readonly Owner[]): Promise<Map<string, string>> }

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/u
const pageful = 50

function languageOf(ask: Ask): string {
  const asked = ask.params['language'] ?? ''
  if (!isLanguageTag(asked)) throw new Absent()
  return canonicalTag(asked)!
}

const ownerKinds = ['network', 'country', 'institution', 'body', 'person'] as const
function ownerAsked(ask: Ask): Owner | null {
  const [kind, id = ''] = (ask.query.get('owner') ?? '').split(':')
  const known = ownerKinds.find((one) => one === kind)
  return known === undefined ? null : known === 'network' ? { kind: known } : { kind: known, id }
}

async function overviewPage(ask: Ask, { ownerNames }: DeskSettings) {
  require(mayUseDesk(ask.actor))
  return ask.read(async (db) => {
    const counts = await countDesk(ask.actor, db, await listLanguages(db))
    const owners = counts.map(({ owner }) => owner)
    return page(<Overview counts={counts} names={await ownerNames(ask.actor, db, owners)} />)
  })
}

async function listPage(ask: Ask, settings: DeskSettings, back: { problems?: Problem[]; outcome?: XliffOutcome } = {}) {
  require(mayUseDesk(ask.actor))
  const language = languageOf(ask)
  const show: Show = shows.find((one) => one === ask.query.get('show')) ?? 'missing'
  const owner = ownerAsked(ask)
  const after = ask.query.get('after') ?? ''
  return ask.read(async (db) => {
    const asked = { language, show, ...(owner && { owner }), ...(uuid.test(after) && { after }), limit: pageful + 1 }
    const texts = await listDesk(ask.actor, db, asked)
    const counts = (await countDesk(ask.actor, db, [language])).filter(
      (count) => owner === null || keyOf(count.owner) === keyOf(owner),
    )
    const names = await settings.ownerNames(ask.actor, db, [...(owner ? [owner] : []), ...texts.map((it) => it.owner)])
    return page(
      <List
        language={language}
        show={show}
        owner={owner}
        texts={texts.slice(0, pageful)}
        more={texts.length > pageful}
        counts={counts}
        names={names}
        sources={await listSources(ask.actor, db, language)}
        limit={fileLimit}
        {...back}
      />,
    )
  })
}

const keyOf = (owner: Owner): string => (owner.kind === 'network' ? 'network' : `${owner.kind}:${owner.id}`)

/** A file of what is to be translated from one language, for a translator's tool. */
async function exportFile(ask: Ask) {
  require(mayUseDesk(ask.actor))
  const language = languageOf(ask)
  const source = canonicalTag(ask.query.get('source') ?? '') ?? 'es'
  const texts = await ask.read((db) => listForExport(ask.actor, db, { language, source }))
  const units = texts.map((it) => ({ ...it, target: it.body === '' ? null : it.body }))
  return new Response(exportXliff(units, source, language), {
    headers: {
      'content-type': 'application/xliff+xml; charset=utf-8',
      'content-disposition': `attachment; filename="quipu-${source}-${language}.xlf"`,
    },
  })
}

async function takeFile(ask: Ask, settings: DeskSettings) {
  require(mayUseDesk(ask.actor))
  const { file, typed } = await readUpload(ask, 'file')
  return submit(
    { ...ask, typed: async () => typed },
    {
      form: fileForm,
      act: async (_input, { once }) => {
        if (!file) throw new Problems([{ field: 'file', words: 'kit.problem.required' }])
        const outcome = await applyXliff(ask.actor, file, once)
        refuseProblems(outcome.problems.filter(({ field }) => field === '').map((one) => ({ ...one, field: 'file' })))
        return outcome
      },
      then: (outcome) => listPage(ask, settings, { outcome }),
      again: (_typed, problems) => listPage(ask, settings, { problems }),
    },
  )
}

async function textPage(ask: Ask, settings: DeskSettings, typed?: Typed, problems?: Problem[]) {
  const language = languageOf(ask)
  if (!uuid.test(ask.params['id'] ?? '')) throw new Absent()
  return ask.read(async (db) => {
    const text = await findDeskText(ask.actor, db, ask.params['id']!, language)
    if (text.language === text.sourceLanguage) throw new Absent()
    return page(
      <Writing
        text={text}
        owner={(await settings.ownerNames(ask.actor, db, [text.owner])).get(keyOf(text.owner)) ?? null}
        may={{
          translate: mayTranslate(ask.actor, text.owner),
          review: mayReviewText(ask.actor, text.owner, text.translatorId),
          publish: mayPublishText(ask.actor, text.owner),
        }}
        typed={typed}
        problems={problems}
      />,
    )
  })
}

type Input = { deed: WritingDeed; body: string; note: string; revision: number }

/** Does what the pressed button says. What was typed counts with `save` and `send`; the other deeds are about what stands. */
async function work(ask: Ask, { deed, body, note, revision }: Input, once: string | null): Promise<void> {
  const step = { textId: ask.params['id'] ?? '', language: languageOf(ask), revision, once }
  const text = await ask.read((db) => findDeskText(ask.actor, db, step.textId, step.language))
  if (deed === 'dismiss') return dismissStale(ask.actor, step)
  if (deed === 'publish') return publishText(ask.actor, { ...step, asMachine: true })
  if (deed === 'return') return reviewText(ask.actor, { ...step, verdict: 'return', note })
  if (deed === 'approve') return reviewText(ask.actor, { ...step, verdict: 'approve', publish: true })
  // The same words sent on are no new writing, so that a machine's stay marked as such.
  if (deed === 'send' && body === text.body && text.state !== 'stale') return sendTextToReview(ask.actor, step)
  return translateText(ask.actor, { ...step, body, send: deed === 'send' })
}

const takeText = (ask: Ask, settings: DeskSettings) =>
  submit(ask, {
    form: writingForm,
    act: async (input, { once }) => (await work(ask, input, once), input.deed),
    then: (deed) => {
      ask.tell('done', `desk.done.${deed}`)
      return seeOther(ask, 'desk.text', { language: ask.params['language']!, id: ask.params['id']! })
    },
    again: (typed, problems) => textPage(ask, settings, typed, problems),
  })

/** The pages of the translation desk. */
export const deskRoom = (settings: DeskSettings): Room =>
  room('desk', words, [
    get('overview', '/{desk}', (ask) => overviewPage(ask, settings)),
    get('list', '/{desk}/:language', (ask) => listPage(ask, settings)),
    post('list', '/{desk}/:language', (ask) => takeFile(ask, settings), { streams: true }),
    get('export', '/{desk}/:language/xliff', exportFile),
    get('text', '/{desk}/:language/:id', (ask) => textPage(ask, settings)),
    post('text', '/{desk}/:language/:id', (ask) => takeText(ask, settings)),
  ])
