// Longer than most because it is the alcove’s table of contents: every page with the form it takes.
import './addresses.ts'
import './constraints.ts'
import { Absent, Problems, require, scopesOf, type Problem } from '#kit/access'
import { fileAddress, findFile } from '#kit/files'
import { get, page, post, room, seeOther, submit, type Ask, type Typed } from '#kit/http'
import { listWork } from '#kit/jobs'
import { check, questionsOf } from '#kit/questionnaire'
import { listCountries } from '../governance/queries.ts'
import {
  mayAnswerReturn,
  mayBegin,
  mayCheckReturn,
  mayKeepInstrument,
  mayPrepare,
  mayPrintResult,
  mayReadDesk,
  mayShareResult,
  mayStep,
} from './access.ts'
import { draftInstrument, stepInstrument } from './actions/instruments.ts'
import {
  beginReturn,
  checkReturn,
  giveBackReturn,
  orderResult,
  saveSection,
  sendReturn,
  shareResult,
} from './actions/returns.ts'
import { beginForm, checkForm, instrumentForm, nothingForm, sectionForm, shareForm } from './forms.ts'
import {
  deskPage,
  findInstrument,
  findResult,
  findReturn,
  findSharedResult,
  findTotals,
  listAsked,
  listInstruments,
  listOwnReturns,
  listReturns,
  type Return,
} from './queries.ts'
import { deskStates, doneOf, steps, takesAnswers, type InstrumentStep } from './rules.ts'
import { DeskPage } from './views/desk.tsx'
import { InstrumentPage, PreparePage, StepPage } from './views/instrument.tsx'
import { ReturnsPage } from './views/list.tsx'
import { PrintPage, ResultPage, SharePage } from './views/result.tsx'
import { BeginPage, CheckPage, ReturnPage, SectionPage, SendPage, type Missing } from './views/return.tsx'
import { words } from './words/index.ts'

const idOf = (ask: Ask): string => ask.params['id'] ?? ''
const returnOf = (ask: Ask): Promise<Return> => ask.read((db) => findReturn(ask.actor, db, idOf(ask)))
const resultOf = (ask: Ask) => ask.read((db) => findResult(ask.actor, db, idOf(ask)))
const today = (ask: Ask): Temporal.PlainDate => ask.actor.now.toZonedDateTimeISO(ask.actor.zone).toPlainDate()
type Back = [typed?: Typed, problems?: Problem[]]

const done =
  (ask: Ask, what: string, to: string, params: Record<string, string> = { id: idOf(ask) }) =>
  (): Response => {
    ask.tell('done', `returns.done.${what}`)
    return seeOther(ask, to, params)
  }

async function returnsPage(ask: Ask) {
  const { instruments, own } = await ask.read(async (db) => ({
    instruments: await listInstruments(ask.actor, db),
    own: await listOwnReturns(ask.actor, db),
  }))
  const authority = { mayPrepare: mayPrepare(ask.actor), mayReadDesk: mayReadDesk(ask.actor) }
  return page(<ReturnsPage instruments={instruments} own={own} {...authority} />, {
    until: firstClosing(ask, instruments),
  })
}

/** The instant at which the first of these opens or closes by itself. */
function firstClosing(
  ask: Ask,
  instruments: readonly { state: string; openFrom: string | null; openUntil: string | null }[],
): Temporal.Instant | undefined {
  return instruments
    .filter(({ state }) => state === 'open')
    .flatMap(({ openFrom, openUntil }) => [openFrom, openUntil])
    .filter((at) => at !== null)
    .map((at) => Temporal.Instant.from(at.replace(' ', 'T')))
    .filter((at) => Temporal.Instant.compare(at, ask.actor.now) > 0)
    .sort(Temporal.Instant.compare)[0]
}

async function preparePage(ask: Ask, ...[typed, problems]: Back) {
  require(mayPrepare(ask.actor))
  const whole = mayKeepInstrument(ask.actor, null).allowed
  const known = await ask.read((db) => listCountries(ask.actor, db, today(ask).toString()))
  const own = scopesOf(ask.actor, 'country-officer', 'country')
  const countries = known.map(({ code }) => code).filter((code) => whole || own.includes(code))
  const now = today(ask)
  const until = now.add({ months: 2 }).toString()
  return page(
    <PreparePage {...{ countries, whole, typed, problems, until }} year={now.year - 1} today={now.toString()} />,
  )
}

async function instrumentPage(ask: Ask) {
  const { actor } = ask
  const { instrument, totals, asked } = await ask.read(async (db) => ({
    instrument: await findInstrument(actor, db, idOf(ask)),
    totals: await findTotals(actor, db, idOf(ask)),
    asked: await listAsked(actor, db, idOf(ask)),
  }))
  return page(
    <InstrumentPage
      instrument={instrument}
      totals={totals}
      steps={steps.filter((step) => mayStep(actor, instrument, step).allowed)}
      readsDesk={mayReadDesk(actor).allowed && instrument.state !== 'draft'}
      begins={asked.some(({ returnId }) => returnId === null) && takesAnswers(instrument, actor.now)}
    />,
    { until: firstClosing(ask, [instrument]) },
  )
}

async function stepPage(ask: Ask, ...[typed, problems]: Back) {
  const step = stepOf(ask)
  const { instrument, desk } = await ask.read(async (db) => ({
    instrument: await findInstrument(ask.actor, db, idOf(ask)),
    desk: await listReturns(ask.actor, db, idOf(ask)),
  }))
  // What was sent is shown again with its reason, also when somebody else was faster.
  if (!problems) require(mayStep(ask.actor, instrument, step))
  const { sent: waiting, checked } = desk.counts
  return page(<StepPage {...{ instrument, step, waiting, checked, typed, problems }} />)
}

function stepOf(ask: Ask): InstrumentStep {
  const step = steps.find((one) => one === ask.params['step'])
  if (!step) throw new Absent()
  return step
}

async function deskPageOf(ask: Ask) {
  require(mayReadDesk(ask.actor))
  const state = deskStates.find((one) => one === ask.query.get('state')) ?? null
  const number = Math.max(1, Math.min(10_000, Number.parseInt(ask.query.get('page') ?? '1', 10) || 1))
  const { instrument, desk } = await ask.read(async (db) => ({
    instrument: await findInstrument(ask.actor, db, idOf(ask)),
    desk: await listReturns(ask.actor, db, idOf(ask), { state, page: number }),
  }))
  const pages = Math.max(1, Math.ceil(desk.found / deskPage))
  return page(<DeskPage {...{ instrument, desk, state, pages }} page={number} />)
}

async function beginPage(ask: Ask, ...[typed, problems]: Back) {
  const { instrument, asked } = await ask.read(async (db) => ({
    instrument: await findInstrument(ask.actor, db, idOf(ask)),
    asked: await listAsked(ask.actor, db, idOf(ask)),
  }))
  const [begun] = asked.filter(({ returnId }) => returnId !== null)
  const institutions = asked.filter(({ returnId }) => returnId === null)
  if (institutions.length === 0 && begun) return seeOther(ask, 'network.return', { id: begun.returnId! })
  // Who speaks for no museum that is asked is told why.
  const [first] = institutions
  const asFacts = { id: first?.id ?? '', countryCode: instrument.countryCode ?? '', state: 'listed' }
  if (!problems) require(mayBegin(ask.actor, instrument, asFacts))
  return page(<BeginPage {...{ instrument, institutions, typed, problems }} />)
}

/** Everything that keeps a return from being sent, each with its section. */
function missingOf(it: Return): Missing[] {
  const { definition } = it.instrument
  const questions = questionsOf(definition)
  return check(definition, it.answers).flatMap((problem) => {
    const question = questions.find(({ key }) => problem.field === `q.${key}` || problem.field.startsWith(`q.${key}.`))
    const section = definition.sections.find((one) => one.questions.some(({ key }) => key === question?.key))
    return question && section ? [{ ...problem, question, section: section.key }] : []
  })
}

async function returnPage(ask: Ask) {
  const it = await returnOf(ask)
  const mayAnswer = mayAnswerReturn(ask.actor, it.instrument, it)
  return page(
    <ReturnPage
      it={it}
      mayAnswer={mayAnswer}
      mayCheck={mayCheckReturn(ask.actor, it.instrument, it)}
      missing={mayAnswer.allowed ? missingOf(it) : []}
      maySeeResult={it.state === 'sent' || it.state === 'checked'}
    />,
  )
}

async function sectionPage(ask: Ask, ...[typed, problems]: Back) {
  const it = await returnOf(ask)
  require(mayAnswerReturn(ask.actor, it.instrument, it))
  const section = ask.params['section'] ?? ''
  if (!doneOf(it.instrument.definition, it.answers).some((one) => one.section === section)) throw new Absent()
  return page(<SectionPage {...{ it, section, typed, problems }} />)
}

const takeSection = (ask: Ask) =>
  submit(ask, {
    form: sectionForm,
    act: async (input, { once }) => {
      const saved = await saveSection(ask.actor, idOf(ask), ask.params['section'] ?? '', input, once)
      // All others are kept by now: only what somebody else changed meanwhile is asked again.
      if (saved.conflicts.length > 0) throw new Problems(saved.conflicts)
      return { next: saved.next, leaves: input['then'] === 'leave' }
    },
    then: ({ next, leaves }) => {
      ask.tell('done', 'returns.done.saved')
      if (next === null || leaves) return seeOther(ask, 'network.return', { id: idOf(ask) })
      return seeOther(ask, 'network.answer-return', { id: idOf(ask), section: next })
    },
    again: (typed, problems) => sectionPage(ask, typed, problems),
  })

async function sendPage(ask: Ask, ...[typed, problems]: Back) {
  const it = await returnOf(ask)
  require(mayAnswerReturn(ask.actor, it.instrument, it))
  // What is missing is told on the return's own page, each with the way to it.
  if (!problems && missingOf(it).length > 0) return seeOther(ask, 'network.return', { id: it.id })
  return page(<SendPage {...{ it, typed, problems }} />)
}

async function checkPage(ask: Ask, ...[typed, problems]: Back) {
  const it = await returnOf(ask)
  require(mayCheckReturn(ask.actor, it.instrument, it))
  return page(<CheckPage {...{ it, typed, problems }} />)
}

async function resultPage(ask: Ask) {
  const { actor } = ask
  const own = await resultOf(ask).catch((error: unknown) => {
    if (error instanceof Absent) return null
    throw error
  })
  const result = own ?? (await ask.read((db) => findSharedResult(actor, db, idOf(ask), 'public')))
  return page(
    <ResultPage
      result={result}
      reaches={own !== null}
      mayShare={mayShareResult(actor, result)}
      mayPrint={mayPrintResult(actor, result)}
    />,
  )
}

async function sharePage(ask: Ask, ...[typed, problems]: Back) {
  const result = await resultOf(ask)
  require(mayShareResult(ask.actor, result))
  return page(<SharePage {...{ result, typed, problems }} />)
}

async function printPage(ask: Ask, ...[typed, problems]: Back) {
  const result = await resultOf(ask)
  require(mayPrintResult(ask.actor, result))
  const { last, file } = await ask.read(async (db) => {
    const [work] = await listWork(ask.actor, db, { about: result.id, limit: 1 })
    return { last: work, file: work?.resultFile ? await findFile(ask.actor, db, work.resultFile) : null }
  })
  const fetched =
    file && ask.has('files.file')
      ? { href: `${ask.address('files.file', fileAddress(file))}?download`, name: file.name, bytes: file.bytes }
      : null
  const work = last ? { state: last.state, done: last.done, total: last.total, file: fetched } : null
  return page(<PrintPage {...{ result, work, typed, problems }} />)
}

export const routes = room('network', words, [
  get('returns', '/{returns}', returnsPage),
  get('prepare-return', '/{returns}/{new}', (ask) => preparePage(ask)),
  post('prepare-return', '/{returns}/{new}', (ask) =>
    submit(ask, {
      form: instrumentForm,
      act: (input, { once }) => draftInstrument(ask.actor, input, once),
      then: (id) => done(ask, 'drafted', 'network.instrument', { id })(),
      again: (typed, problems) => preparePage(ask, typed, problems),
    }),
  ),
  get('instrument', '/{returns}/:id', instrumentPage),
  get('instrument-step', '/{returns}/:id/{step}/:step', (ask) => stepPage(ask)),
  post('instrument-step', '/{returns}/:id/{step}/:step', (ask) =>
    submit(ask, {
      form: nothingForm,
      act: (_input, { once }) => stepInstrument(ask.actor, idOf(ask), stepOf(ask), once),
      then: done(ask, stepOf(ask), 'network.instrument'),
      again: (typed, problems) => stepPage(ask, typed, problems),
    }),
  ),
  get('return-desk', '/{returns}/:id/{desk}', deskPageOf),
  get('begin-return', '/{returns}/:id/{begin}', (ask) => beginPage(ask)),
  post('begin-return', '/{returns}/:id/{begin}', (ask) =>
    submit(ask, {
      form: beginForm,
      act: ({ institutionId }, { once }) => beginReturn(ask.actor, idOf(ask), institutionId, once),
      then: (id) => seeOther(ask, 'network.return', { id }),
      again: (typed, problems) => beginPage(ask, typed, problems),
    }),
  ),
  get('return', '/{returns}/{answers}/:id', returnPage),
  get('answer-return', '/{returns}/{answers}/:id/{sections}/:section', (ask) => sectionPage(ask)),
  post('answer-return', '/{returns}/{answers}/:id/{sections}/:section', takeSection),
  get('send-return', '/{returns}/{answers}/:id/{send}', (ask) => sendPage(ask)),
  post('send-return', '/{returns}/{answers}/:id/{send}', (ask) =>
    submit(ask, {
      form: nothingForm,
      act: (_input, { once }) => sendReturn(ask.actor, idOf(ask), once),
      then: done(ask, 'sent', 'network.return'),
      again: (typed, problems) => sendPage(ask, typed, problems),
    }),
  ),
  get('check-return', '/{returns}/{answers}/:id/{check}', (ask) => checkPage(ask)),
  post('check-return', '/{returns}/{answers}/:id/{check}', (ask) =>
    submit(ask, {
      form: checkForm,
      act: async ({ what, note }, { once }) => {
        if (what === 'check') await checkReturn(ask.actor, idOf(ask), once)
        else await giveBackReturn(ask.actor, idOf(ask), note, once)
      },
      then: done(ask, 'decided', 'network.return'),
      again: (typed, problems) => checkPage(ask, typed, problems),
    }),
  ),
  get('return-result', '/{returns}/{answers}/:id/{result}', resultPage),
  get('share-return', '/{returns}/{answers}/:id/{share}', (ask) => sharePage(ask)),
  post('share-return', '/{returns}/{answers}/:id/{share}', (ask) =>
    submit(ask, {
      form: shareForm,
      act: (input, { once }) => shareResult(ask.actor, idOf(ask), input.with, once),
      then: done(ask, 'shared', 'network.return-result'),
      again: (typed, problems) => sharePage(ask, typed, problems),
    }),
  ),
  get('print-return', '/{returns}/{answers}/:id/{print}', (ask) => printPage(ask)),
  post('print-return', '/{returns}/{answers}/:id/{print}', (ask) =>
    submit(ask, {
      form: nothingForm,
      act: (_input, { once }) => orderResult(ask.actor, idOf(ask), once),
      then: () => seeOther(ask, 'network.print-return', { id: idOf(ask) }),
      again: (typed, problems) => printPage(ask, typed, problems),
    }),
  ),
])
