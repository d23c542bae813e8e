// Longer than most because it is the alcove’s table of contents: every page with the form it takes.
import './addresses.ts'
import './constraints.ts'
import { Absent, require, type Problem } from '#kit/access'
import { get, page, post, room, seeOther, submit, type Ask, type Typed } from '#kit/http'
import { say } from '#kit/words'
import { mayKeepBody, mayManageCountry, mayManageNetwork, mayVote } from './access.ts'
import {
  addSeat,
  castVote,
  decideMotion,
  endMandate,
  foundBody,
  giveMandate,
  holdSession,
  proposeMotion,
} from './actions/bodies.ts'
import {
  beginMembership,
  describeCountry,
  describeNetwork,
  endMembership,
  enterCountries,
  enterLaw,
  enterPartner,
} from './actions/countries.ts'
import {
  bodyForm,
  countryForm,
  decideForm,
  endForm,
  enterCountryForm,
  lawForm,
  mandateForm,
  membershipForm,
  motionForm,
  networkForm,
  partnerForm,
  seatForm,
  sessionForm,
  voteForm,
} from './forms.ts'
import {
  findBody,
  findCountry,
  findDecision,
  findMandate,
  findMembership,
  findNetwork,
  listBodies,
  listCountries,
  listDecisions,
  listMandateIds,
  listMemberships,
  listPartners,
  searchPeople,
} from './queries.ts'
import { BodyPage } from './views/body.tsx'
import { Countries, CountryPage } from './views/countries.tsx'
import { DecisionPage } from './views/decision.tsx'
import {
  BodyFormPage,
  CountryFormPage,
  EndFormPage,
  EnterCountryFormPage,
  LawFormPage,
  MandateFormPage,
  MembershipFormPage,
  MotionFormPage,
  NetworkFormPage,
  PartnerFormPage,
  SeatFormPage,
  SessionFormPage,
} from './views/forms.tsx'
import { Governance } from './views/governance.tsx'
import { words } from './words/index.ts'

const today = (ask: Ask): string => ask.actor.now.toZonedDateTimeISO(ask.actor.zone).toPlainDate().toString()

/** The day asked for by `?on=`, else today. A day that does not exist is today. */
function dateAsked(ask: Ask): string {
  const asked = ask.query.get('on') ?? ''
  return /^\d{4}-\d\d-\d\d$/.test(asked) && isDay(asked) ? asked : today(ask)
}
function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

const countryCode = (ask: Ask): string => (ask.params['code'] ?? '').toUpperCase()
const bodyOf = (ask: Ask) => ask.read((db) => findBody(ask.actor, db, ask.params['code'] ?? '', today(ask)))
const codes = (ask: Ask) =>
  ask.read(async (db) => (await listCountries(ask.actor, db, today(ask))).map(({ code }) => code))
const office = (ask: Ask): void => require(mayManageNetwork(ask.actor))

/** Every territory that ISO 3166-1 names, as the runtime knows them. */
const allCountries = (): string[] => {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  return letters
    .flatMap((a) => letters.map((b) => a + b))
    .filter((code) => names.of(code) !== undefined && !['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO'].includes(code))
}

async function governancePage(ask: Ask) {
  const date = dateAsked(ask)
  return ask.read(async (db) => {
    const network = await findNetwork(ask.actor, db)
    if (!network) throw new Absent()
    return page(
      <Governance
        network={network}
        date={date}
        memberships={await listMemberships(ask.actor, db)}
        bodies={await listBodies(ask.actor, db, date)}
        decisions={(await listDecisions(ask.actor, db)).filter((one) => one.public)}
        partners={await listPartners(ask.actor, db, date)}
        mayManage={mayManageNetwork(ask.actor)}
      />,
    )
  })
}

async function networkFormPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  office(ask)
  const network = await ask.read((db) => findNetwork(ask.actor, db))
  if (!network) throw new Absent()
  return page(<NetworkFormPage network={network} countries={allCountries()} back={{ typed, problems }} />)
}

async function membershipFormPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  office(ask)
  const decisions = await ask.read((db) => listDecisions(ask.actor, db))
  return page(<MembershipFormPage countries={await codes(ask)} decisions={decisions} back={{ typed, problems }} />)
}

async function endMembershipPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  office(ask)
  const membership = await ask.read((db) => findMembership(ask.actor, db, ask.params['id'] ?? ''))
  const name =
    new Intl.DisplayNames(ask.language, { type: 'region' }).of(membership.countryCode) ?? membership.countryCode
  return page(<EndFormPage what="end-membership" of={name} back={{ typed, problems }} />)
}

async function endMandatePage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  office(ask)
  const mandate = await ask.read((db) => findMandate(ask.actor, db, ask.params['id'] ?? ''))
  return page(<EndFormPage what="end-mandate" of={mandate.name} back={{ typed, problems }} />)
}

async function bodyPage(ask: Ask) {
  const date = dateAsked(ask)
  const [body, mandates] = await ask.read(async (db) => {
    const found = await findBody(ask.actor, db, ask.params['code'] ?? '', date)
    return [found, await listMandateIds(ask.actor, db, found.id, date)] as const
  })
  return page(
    <BodyPage
      body={body}
      date={date}
      mayManage={mayManageNetwork(ask.actor)}
      mayKeep={mayKeepBody(ask.actor, body.id)}
      mandates={mandates}
    />,
  )
}

async function bodyFormPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  office(ask)
  return page(<BodyFormPage countries={await codes(ask)} working={await working(ask)} back={{ typed, problems }} />)
}

async function seatFormPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  office(ask)
  return page(<SeatFormPage body={await bodyOf(ask)} countries={await codes(ask)} back={{ typed, problems }} />)
}

async function mandateFormPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  office(ask)
  const asked = typed?.['personId.words']
  const [decisions, people] = await ask.read(
    async (db) =>
      [
        await listDecisions(ask.actor, db),
        asked ? await searchPeople(ask.actor, db, String(asked)) : undefined,
      ] as const,
  )
  return page(
    <MandateFormPage body={await bodyOf(ask)} decisions={decisions} people={people} back={{ typed, problems }} />,
  )
}

async function sessionFormPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  const body = await bodyOf(ask)
  require(mayKeepBody(ask.actor, body.id))
  return page(<SessionFormPage body={body} working={await working(ask)} back={{ typed, problems }} />)
}

async function motionFormPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  const body = await bodyOf(ask)
  require(mayKeepBody(ask.actor, body.id))
  return page(<MotionFormPage body={body} working={await working(ask)} back={{ typed, problems }} />)
}

const working = async (ask: Ask): Promise<string[]> =>
  (await ask.read((db) => findNetwork(ask.actor, db)))?.workingLanguages ?? ['es']

async function decisionPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  const decision = await ask.read((db) => findDecision(ask.actor, db, ask.params['code'] ?? '', today(ask)))
  const votable = decision.votes
    .filter((seat) => mayVote(ask.actor, { bodyId: decision.bodyId, holderId: seat.holderId }, decision).allowed)
    .map(({ seatId }) => seatId)
  return page(
    <DecisionPage
      decision={decision}
      today={today(ask)}
      votable={votable}
      mayDecide={mayKeepBody(ask.actor, decision.bodyId)}
      typed={typed}
      problems={problems}
    />,
  )
}

const decisionId = (ask: Ask) =>
  ask.read(async (db) => (await findDecision(ask.actor, db, ask.params['code'] ?? '', today(ask))).id)

/** The decision's page takes two forms; the button that was pressed says which. */
async function takeDecisionForm(ask: Ask) {
  const id = await decisionId(ask)
  const back = () => seeOther(ask, 'network.decision', { code: ask.params['code'] ?? '' })
  const again = (typed: Typed, problems: Problem[]) => decisionPage(ask, typed, problems)
  if ((await ask.typed())['what'] === 'decide') {
    return submit(ask, {
      form: decideForm,
      act: (input, { once }) => decideMotion(ask.actor, id, input, once),
      then: (outcome) => (ask.tell('done', `governance.done.${outcome.result}`), back()),
      again,
    })
  }
  return submit(ask, {
    form: voteForm,
    act: (input, { once }) => castVote(ask.actor, { decisionId: id, ...input }, once),
    then: () => (ask.tell('done', 'governance.done.vote-cast'), back()),
    again,
  })
}

async function partnerFormPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  office(ask)
  return page(<PartnerFormPage countries={allCountries()} back={{ typed, problems }} />)
}

async function countriesPage(ask: Ask) {
  return page(
    <Countries
      countries={await ask.read((db) => listCountries(ask.actor, db, today(ask)))}
      mayManage={mayManageNetwork(ask.actor)}
    />,
  )
}

async function enterCountryPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  office(ask)
  const entered = await codes(ask)
  return page(
    <EnterCountryFormPage
      countries={allCountries().filter((code) => !entered.includes(code))}
      back={{ typed, problems }}
    />,
  )
}

const countryOf = (ask: Ask) => ask.read((db) => findCountry(ask.actor, db, countryCode(ask), today(ask)))

async function countryPage(ask: Ask) {
  const typeName = (code: string) => say(ask.language, `institutions.type.${code}`)
  return page(
    <CountryPage
      country={await countryOf(ask)}
      mayEdit={mayManageCountry(ask.actor, countryCode(ask))}
      typeName={typeName}
    />,
  )
}

async function countryFormPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  require(mayManageCountry(ask.actor, countryCode(ask)))
  return page(<CountryFormPage country={await countryOf(ask)} back={{ typed, problems }} />)
}

async function lawFormPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  require(mayManageCountry(ask.actor, countryCode(ask)))
  return page(<LawFormPage country={await countryOf(ask)} back={{ typed, problems }} />)
}

/** Says what was done and goes to the page that shows it. */
const done = (ask: Ask, words: string, to: string, params?: Record<string, string>) => () => {
  ask.tell('done', `governance.done.${words}`)
  return seeOther(ask, to, params)
}
const body = (ask: Ask) => ({ code: ask.params['code'] ?? '' })

export const routes = room('network', words, [
  get('governance', '/{governance}', governancePage),
  get('describe-network', '/{governance}/{edit}', (ask) => networkFormPage(ask)),
  post('describe-network', '/{governance}/{edit}', (ask) =>
    submit(ask, {
      form: networkForm,
      act: (input, { once }) => describeNetwork(ask.actor, input, once),
      then: done(ask, 'saved', 'network.governance'),
      again: (typed, problems) => networkFormPage(ask, typed, problems),
    }),
  ),
  get('begin-membership', '/{governance}/{memberships}/{new}', (ask) => membershipFormPage(ask)),
  post('begin-membership', '/{governance}/{memberships}/{new}', (ask) =>
    submit(ask, {
      form: membershipForm,
      act: ({ beginUnknown, ...input }, { once }) =>
        beginMembership(ask.actor, { ...input, beginIsKnown: !beginUnknown }, once),
      then: done(ask, 'membership-begun', 'network.governance'),
      again: (typed, problems) => membershipFormPage(ask, typed, problems),
    }),
  ),
  get('end-membership', '/{governance}/{memberships}/:id/{end}', (ask) => endMembershipPage(ask)),
  post('end-membership', '/{governance}/{memberships}/:id/{end}', (ask) =>
    submit(ask, {
      form: endForm,
      act: (input, { once }) => endMembership(ask.actor, ask.params['id'] ?? '', input, once),
      then: done(ask, 'membership-ended', 'network.governance'),
      again: (typed, problems) => endMembershipPage(ask, typed, problems),
    }),
  ),
  get('found-body', '/{governance}/{bodies}/{new}', (ask) => bodyFormPage(ask)),
  post('found-body', '/{governance}/{bodies}/{new}', (ask) =>
    submit(ask, {
      form: bodyForm,
      act: ({ quorum, ...input }, { once }) =>
        foundBody(
          ask.actor,
          { ...input, source: ask.language, quorumShare: quorum === null ? null : quorum / 100 },
          once,
        ),
      then: done(ask, 'body-founded', 'network.governance'),
      again: (typed, problems) => bodyFormPage(ask, typed, problems),
    }),
  ),
  get('body', '/{governance}/{bodies}/:code', bodyPage),
  get('add-seat', '/{governance}/{bodies}/:code/{seats}/{new}', (ask) => seatFormPage(ask)),
  post('add-seat', '/{governance}/{bodies}/:code/{seats}/{new}', (ask) =>
    submit(ask, {
      form: seatForm,
      act: async (input, { once }) => addSeat(ask.actor, { ...input, bodyId: (await bodyOf(ask)).id }, once),
      then: done(ask, 'seat-added', 'network.body', body(ask)),
      again: (typed, problems) => seatFormPage(ask, typed, problems),
    }),
  ),
  get('give-mandate', '/{governance}/{bodies}/:code/{mandates}/{new}', (ask) => mandateFormPage(ask)),
  post('give-mandate', '/{governance}/{bodies}/:code/{mandates}/{new}', (ask) =>
    submit(ask, {
      form: mandateForm,
      act: (input, { once }) => giveMandate(ask.actor, input, once),
      then: done(ask, 'mandate-given', 'network.body', body(ask)),
      again: (typed, problems) => mandateFormPage(ask, typed, problems),
    }),
  ),
  get('end-mandate', '/{governance}/{mandates}/:id/{end}', (ask) => endMandatePage(ask)),
  post('end-mandate', '/{governance}/{mandates}/:id/{end}', (ask) =>
    submit(ask, {
      form: endForm,
      act: (input, { once }) => endMandate(ask.actor, ask.params['id'] ?? '', input, once),
      then: done(ask, 'mandate-ended', 'network.governance'),
      again: (typed, problems) => endMandatePage(ask, typed, problems),
    }),
  ),
  get('hold-session', '/{governance}/{bodies}/:code/{sessions}/{new}', (ask) => sessionFormPage(ask)),
  post('hold-session', '/{governance}/{bodies}/:code/{sessions}/{new}', (ask) =>
    submit(ask, {
      form: sessionForm,
      act: async (input, { once }) =>
        holdSession(ask.actor, { ...input, source: ask.language, bodyId: (await bodyOf(ask)).id }, once),
      then: done(ask, 'session-held', 'network.body', body(ask)),
      again: (typed, problems) => sessionFormPage(ask, typed, problems),
    }),
  ),
  get('propose-motion', '/{governance}/{bodies}/:code/{motions}/{new}', (ask) => motionFormPage(ask)),
  post('propose-motion', '/{governance}/{bodies}/:code/{motions}/{new}', (ask) =>
    submit(ask, {
      form: motionForm,
      act: async (input, { once }) => (
        await proposeMotion(ask.actor, { ...input, source: ask.language, bodyId: (await bodyOf(ask)).id }, once),
        input.code
      ),
      then: (code) => done(ask, 'motion-proposed', 'network.decision', { code })(),
      again: (typed, problems) => motionFormPage(ask, typed, problems),
    }),
  ),
  get('decision', '/{governance}/{decisions}/:code', (ask) => decisionPage(ask)),
  post('decision', '/{governance}/{decisions}/:code', takeDecisionForm),
  get('enter-partner', '/{governance}/{partners}/{new}', (ask) => partnerFormPage(ask)),
  post('enter-partner', '/{governance}/{partners}/{new}', (ask) =>
    submit(ask, {
      form: partnerForm,
      act: (input, { once }) => enterPartner(ask.actor, input, once),
      then: done(ask, 'partner-entered', 'network.governance'),
      again: (typed, problems) => partnerFormPage(ask, typed, problems),
    }),
  ),
  get('countries', '/{countries}', countriesPage),
  get('enter-country', '/{countries}/{new}', (ask) => enterCountryPage(ask)),
  post('enter-country', '/{countries}/{new}', (ask) =>
    submit(ask, {
      form: enterCountryForm,
      act: (input) => enterCountries(ask.actor, [input]),
      then: done(ask, 'country-entered', 'network.countries'),
      again: (typed, problems) => enterCountryPage(ask, typed, problems),
    }),
  ),
  get('country', '/{countries}/:code', countryPage),
  get('describe-country', '/{countries}/:code/{edit}', (ask) => countryFormPage(ask)),
  post('describe-country', '/{countries}/:code/{edit}', (ask) =>
    submit(ask, {
      form: countryForm,
      act: (input, { once }) => describeCountry(ask.actor, countryCode(ask), input, once),
      then: done(ask, 'saved', 'network.country', body(ask)),
      again: (typed, problems) => countryFormPage(ask, typed, problems),
    }),
  ),
  get('enter-law', '/{countries}/:code/{laws}/{new}', (ask) => lawFormPage(ask)),
  post('enter-law', '/{countries}/:code/{laws}/{new}', (ask) =>
    submit(ask, {
      form: lawForm,
      act: (input, { once }) =>
        enterLaw(ask.actor, { ...input, countryCode: countryCode(ask), source: ask.language }, once),
      then: done(ask, 'law-entered', 'network.country', body(ask)),
      again: (typed, problems) => lawFormPage(ask, typed, problems),
    }),
  ),
])
