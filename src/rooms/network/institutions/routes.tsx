// Longer than most because it is the alcove’s table of contents: every page with the form it takes.
import './addresses.ts'
import './constraints.ts'
import { Absent, Problems, require, type Problem } from '#kit/access'
import { get, page, post, room, seeOther, submit, type Answer, type Ask, type Typed } from '#kit/http'
import { listHistory } from '#kit/record'
import { decideProposedEdit, editInstitution, withdrawProposedEdit } from './actions/edit.ts'
import { mergeInstitutions, tellApart, unmergeInstitutions } from './actions/merge.ts'
import { fillInstitution, registerInstitution, submitInstitution } from './actions/register.ts'
import { returnInstitution, validateInstitution, withdrawInstitution } from './actions/validate.ts'
import {
  editsDirectly,
  keptCountries,
  mayDecideEdit,
  mayEdit,
  mayMerge,
  mayReadHistory,
  mayReadQueue,
  mayRegister,
  mayValidate,
  reviewedCountries,
} from './access.ts'
import {
  decideForm,
  decisionForm,
  editForm,
  joinForm,
  mergeForm,
  sectionForms,
  sections,
  submitForm,
  unmergeForm,
} from './forms.ts'
import { findDuplicates, listAlike, listLookalikes } from './likeness-queries.ts'
import {
  countQueue,
  findCountrySettings,
  findInstitution,
  findWaitingEdit,
  listCountryCodes,
  listHistoryRows,
  listOwnInstitutions,
  listPersonNames,
  listQueue,
  listValidations,
} from './queries.ts'
import { DuplicatesPage, PairPage, PartPage } from './views/duplicates.tsx'
import { EditPage } from './views/edit.tsx'
import { HistoryPage } from './views/history.tsx'
import { JoinCheckPage, JoinPage, JoinStepPage, MinePage } from './views/join.tsx'
import { QueuePage } from './views/queue.tsx'
import { ProposalPage, ValidationPage } from './views/review.tsx'
import { words } from './words/index.ts'

type Problems_ = readonly Problem[]

const find = (ask: Ask) => ask.read((db) => findInstitution(ask.actor, db, ask.params['id']!))

async function joinPage(ask: Ask, typed?: Typed, problems: Problems_ = []): Promise<Answer> {
  require(mayRegister(ask.actor))
  const { name = '', city = '', country = '' } = (typed ?? {}) as Record<string, string>
  const [countries, alike] = await ask.read(async (db) => [
    await listCountryCodes(ask.actor, db),
    name ? await listAlike(ask.actor, db, { name, city, country }) : [],
  ])
  return page(<JoinPage countries={countries} alike={alike} typed={typed} problems={problems} />)
}

async function refuseAlike(
  ask: Ask,
  input: { name: string; city: string; country: string; anew: boolean },
): Promise<void> {
  if (input.anew) return
  const alike = await ask.read((db) => listAlike(ask.actor, db, input))
  if (alike.length > 0) throw new Problems([{ field: 'anew', words: 'institutions.problem.look-first' }])
}

function sectionOf(ask: Ask) {
  const section = sections[Number(ask.params['step']) - 1]
  if (!section) throw new Absent()
  return section
}

async function joinStepPage(ask: Ask, typed?: Typed, problems: Problems_ = []): Promise<Answer> {
  const it = await find(ask)
  require(mayEdit(ask.actor, it))
  if (it.state === 'listed') return seeOther(ask, 'network.edit-museum', { id: it.slug })
  return page(<JoinStepPage it={it} section={sectionOf(ask)} typed={typed} problems={problems} />)
}

async function afterStep(ask: Ask, slug: string): Promise<Response> {
  const step = Number(ask.params['step'])
  if ((await ask.typed())['next'] === 'later') {
    ask.tell('done', 'institutions.done.filled')
    return seeOther(ask, 'network.my-museums')
  }
  return step < sections.length
    ? seeOther(ask, 'network.join-step', { id: slug, step: String(step + 1) })
    : seeOther(ask, 'network.join-check', { id: slug })
}

async function joinCheckPage(ask: Ask, typed?: Typed, problems: Problems_ = []): Promise<Answer> {
  const it = await find(ask)
  require(mayEdit(ask.actor, it))
  if (it.state === 'listed') return seeOther(ask, 'network.museum', { id: it.slug })
  return page(<JoinCheckPage it={it} typed={typed} problems={problems} />)
}

async function editPage(ask: Ask, typed?: Typed, problems: Problems_ = []): Promise<Answer> {
  const { it, direct, waiting } = await ask.read(async (db) => {
    const entry = await findInstitution(ask.actor, db, ask.params['id']!)
    require(mayEdit(ask.actor, entry))
    const { editsAreReviewed } = await findCountrySettings(ask.actor, db, entry.countryCode)
    return {
      it: entry,
      direct: editsDirectly(ask.actor, entry, editsAreReviewed),
      waiting: await findWaitingEdit(ask.actor, db, entry.id),
    }
  })
  return page(<EditPage it={it} direct={direct} waiting={waiting} typed={typed} problems={problems} />)
}

async function takeEdit(ask: Ask): Promise<Answer> {
  const it = await find(ask)
  if ('take-back' in (await ask.typed())) {
    await withdrawProposedEdit(ask.actor, it.id)
    ask.tell('done', 'institutions.done.withdrawn-edit')
    return seeOther(ask, 'network.museum', { id: it.slug })
  }
  return submit(ask, {
    form: editForm,
    act: ({ wished, note }, sent) => editInstitution(ask.actor, it.id, { wished, note, ...sent }),
    then: (done) => {
      ask.tell('done', `institutions.done.${done}`)
      return seeOther(ask, it.state === 'listed' ? 'network.museum' : 'network.join-check', { id: it.slug })
    },
    again: (typed, problems) => editPage(ask, typed, problems),
  })
}

async function historyPage(ask: Ask): Promise<Answer> {
  return ask.read(async (db) => {
    const it = await findInstitution(ask.actor, db, ask.params['id']!)
    require(mayReadHistory(ask.actor, it))
    const entries = await listHistory(ask.actor, db, it.id, {
      rows: await listHistoryRows(ask.actor, db, it.id),
      limit: 200,
    })
    const people = await listPersonNames(
      ask.actor,
      db,
      entries.map(({ personId }) => personId),
    )
    return page(
      <HistoryPage
        it={it}
        entries={entries}
        people={people}
        validations={await listValidations(ask.actor, db, it.id)}
      />,
    )
  })
}

async function validationPage(ask: Ask, typed?: Typed, problems: Problems_ = []): Promise<Answer> {
  return ask.read(async (db) => {
    const it = await findInstitution(ask.actor, db, ask.params['id']!)
    require(mayValidate(ask.actor, it))
    const settings = await findCountrySettings(ask.actor, db, it.countryCode)
    const alike = await listLookalikes(ask.actor, db, it.id)
    return page(<ValidationPage it={it} settings={settings} alike={alike} typed={typed} problems={problems} />)
  })
}

const decided = {
  validate: validateInstitution,
  again: validateInstitution,
  return: returnInstitution,
  withdraw: withdrawInstitution,
}
const told = { validate: 'validated', again: 'validated', return: 'returned', withdraw: 'withdrawn' } as const

async function takeValidation(ask: Ask): Promise<Answer> {
  const { id } = await find(ask)
  return submit(ask, {
    form: decisionForm,
    act: async ({ decision, ...input }, sent) => {
      await decided[decision](ask.actor, id, { ...input, ...sent })
      return decision
    },
    then: async (decision) => {
      ask.tell('done', `institutions.done.${told[decision] ?? 'validated'}`)
      return seeOther(ask, 'network.register-queue')
    },
    again: (typed, problems) => validationPage(ask, typed, problems),
  })
}

async function proposalPage(ask: Ask, typed?: Typed, problems: Problems_ = []): Promise<Answer> {
  const { it, edit } = await ask.read(async (db) => {
    const entry = await findInstitution(ask.actor, db, ask.params['id']!)
    return { it: entry, edit: await findWaitingEdit(ask.actor, db, entry.id) }
  })
  if (!edit) throw new Absent()
  require(mayDecideEdit(ask.actor, it, edit.personId))
  return page(<ProposalPage it={it} edit={edit} typed={typed} problems={problems} />)
}

async function takeDecision(ask: Ask): Promise<Answer> {
  const { id } = await find(ask)
  return submit(ask, {
    form: decideForm,
    act: (input, sent) => decideProposedEdit(ask.actor, id, { ...input, ...sent }),
    then: (state) => {
      ask.tell('done', `institutions.done.${state}`)
      return seeOther(ask, 'network.register-queue')
    },
    again: (typed, problems) => proposalPage(ask, typed, problems),
  })
}

async function duplicatesPage(ask: Ask): Promise<Answer> {
  require(mayReadQueue(ask.actor))
  return ask.read(async (db) => {
    const kept = keptCountries(ask.actor)
    const countries = kept === 'all' ? await listCountryCodes(ask.actor, db) : kept
    const wanted = ask.query.get('country') ?? ''
    const country = countries.includes(wanted) ? wanted : (countries[0] ?? '')
    return page(
      <DuplicatesPage countries={countries} country={country} {...await findDuplicates(ask.actor, db, country)} />,
    )
  })
}

async function pairPage(ask: Ask, typed?: Typed, problems: Problems_ = []): Promise<Answer> {
  const [one, other] = await ask.read(async (db) => [
    await findInstitution(ask.actor, db, ask.params['one']!),
    await findInstitution(ask.actor, db, ask.params['other']!),
  ])
  require(mayMerge(ask.actor, one, other))
  return page(<PairPage one={one} other={other} keep={ask.query.get('keep')} typed={typed} problems={problems} />)
}

async function takePair(ask: Ask): Promise<Answer> {
  const [one, other] = [ask.params['one']!, ask.params['other']!]
  return submit(ask, {
    form: mergeForm,
    act: async ({ decision, keep, reason }, { once }) => {
      if (decision === 'apart') await tellApart(ask.actor, { one, other, reason, once })
      else await mergeInstitutions(ask.actor, { keep, absorb: keep === one ? other : one, reason, once })
      return { decision }
    },
    then: async () => {
      const apart = (await ask.typed())['decision'] === 'apart'
      ask.tell('done', apart ? 'institutions.done.apart' : 'institutions.done.merged')
      return seeOther(ask, 'network.duplicates')
    },
    again: (typed, problems) => pairPage(ask, typed, problems),
  })
}

async function partPage(ask: Ask, typed?: Typed, problems: Problems_ = []): Promise<Answer> {
  const it = await find(ask)
  if (!it.mergedInto) throw new Absent()
  const { id } = it.mergedInto
  require(mayMerge(ask.actor, it, await ask.read((db) => findInstitution(ask.actor, db, id))))
  return page(<PartPage it={it} typed={typed} problems={problems} />)
}

async function takePart(ask: Ask): Promise<Answer> {
  const it = await find(ask)
  return submit(ask, {
    form: unmergeForm,
    act: ({ reason }, { once }) => unmergeInstitutions(ask.actor, it.id, { reason, once }),
    then: () => {
      ask.tell('done', 'institutions.done.parted')
      return seeOther(ask, 'network.museum-history', { id: it.slug })
    },
    again: (typed, problems) => partPage(ask, typed, problems),
  })
}

export const routes = room('network', words, [
  get('join-register', '/{register}/{join}', (ask) => joinPage(ask)),
  post('join-register', '/{register}/{join}', (ask) =>
    submit(ask, {
      form: joinForm,
      act: async (input, { once }) => {
        await refuseAlike(ask, input)
        return registerInstitution(ask.actor, { ...input, once })
      },
      then: ({ slug }) => {
        ask.tell('done', 'institutions.done.registered')
        return seeOther(ask, 'network.join-step', { id: slug, step: '1' })
      },
      again: (typed, problems) => joinPage(ask, typed, problems),
    }),
  ),
  get('join-step', '/{museums}/:id/{join}/:step{[1-9]}', (ask) => joinStepPage(ask)),
  post('join-step', '/{museums}/:id/{join}/:step{[1-9]}', async (ask) => {
    const { id, slug } = await find(ask)
    return submit(ask, {
      form: sectionForms[sectionOf(ask)],
      act: (wished, sent) => fillInstitution(ask.actor, id, wished, sent),
      then: () => afterStep(ask, slug),
      again: (typed, problems) => joinStepPage(ask, typed, problems),
    })
  }),
  get('join-check', '/{museums}/:id/{join}', (ask) => joinCheckPage(ask)),
  post('join-check', '/{museums}/:id/{join}', async (ask) => {
    const { id, slug } = await find(ask)
    return submit(ask, {
      form: submitForm,
      act: (_, { once }) => submitInstitution(ask.actor, id, { once }),
      then: () => {
        ask.tell('done', 'institutions.done.submitted')
        return seeOther(ask, 'network.join-check', { id: slug })
      },
      again: (typed, problems) => joinCheckPage(ask, typed, problems),
    })
  }),
  get('my-museums', '/{register}/{mine}', async (ask) => {
    require(mayRegister(ask.actor))
    return page(<MinePage rows={await ask.read((db) => listOwnInstitutions(ask.actor, db))} />)
  }),
  get('edit-museum', '/{museums}/:id/{edit}', (ask) => editPage(ask)),
  post('edit-museum', '/{museums}/:id/{edit}', takeEdit),
  get('museum-history', '/{museums}/:id/{history}', historyPage),
  get('register-queue', '/{register}/{queue}', async (ask) => {
    require(mayReadQueue(ask.actor))
    const [rows, counts] = await ask.read(async (db) => [
      await listQueue(ask.actor, db),
      await countQueue(ask.actor, db),
    ])
    return page(<QueuePage rows={rows} counts={counts} countries={reviewedCountries(ask.actor)} />)
  }),
  get('validate-museum', '/{museums}/:id/{validation}', (ask) => validationPage(ask)),
  post('validate-museum', '/{museums}/:id/{validation}', takeValidation),
  get('decide-edit', '/{museums}/:id/{proposal}', (ask) => proposalPage(ask)),
  post('decide-edit', '/{museums}/:id/{proposal}', takeDecision),
  get('duplicates', '/{register}/{duplicates}', duplicatesPage),
  get('duplicate-pair', '/{register}/{duplicates}/:one/:other', (ask) => pairPage(ask)),
  post('duplicate-pair', '/{register}/{duplicates}/:one/:other', takePair),
  get('part-museums', '/{museums}/:id/{part}', (ask) => partPage(ask)),
  post('part-museums', '/{museums}/:id/{part}', takePart),
])
