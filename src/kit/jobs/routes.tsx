import { Problems, require } from '#kit/access'
import { get, page, post, room, seeOther, submit, type Ask, type Room, type Typed } from '#kit/http'
import type { Problem } from '#kit/view'
import { queueForm, retentionForm, workForm } from './forms.ts'
import {
  cancelWork,
  countQueue,
  discardJob,
  findWork,
  jobsAtWork,
  listFindings,
  listQueue,
  mayTendJobs,
  queueStates,
  rerunJob,
  type QueueState,
} from './queue.ts'
import { changeRetention, listRetentionRules, mayChangeRetention } from './retention.ts'
import { Queue } from './views/queue.tsx'
import { RetentionRules } from './views/retention.tsx'
import { WorkPage } from './views/work.tsx'
import { jobsWords } from './words.ts'

declare module '#kit/view' {
  interface Addresses {
    'jobs.queue': Record<never, string>
    'jobs.work': { id: string }
    'jobs.retention': Record<never, string>
  }
}

const limit = 50

async function queuePage(ask: Ask, problems: readonly Problem[] = [], typed?: Typed) {
  require(mayTendJobs(ask.actor))
  const state = queueStates.find((one) => one === ask.query.get('state')) ?? null
  const before = Number(ask.query.get('before')) || undefined
  const shown = await ask.read(async (db) => ({
    atWork: await jobsAtWork(db),
    counts: await countQueue(db),
    findings: await listFindings(ask.actor, db),
    jobs: await listQueue(ask.actor, db, {
      ...(state && { state: state as QueueState }),
      ...(before && { before }),
      limit: limit + 1,
    }),
  }))
  return page(
    <Queue
      {...shown}
      jobs={shown.jobs.slice(0, limit)}
      more={shown.jobs.length > limit}
      state={state}
      problems={problems}
      typed={typed}
    />,
  )
}

async function workPage(ask: Ask, problems: readonly Problem[] = []) {
  const work = await ask.read((db) => findWork(ask.actor, db, ask.params['id'] ?? ''))
  return page(<WorkPage work={work} problems={problems} />)
}

async function retentionPage(ask: Ask, problems: readonly Problem[] = [], typed?: Typed) {
  const rules = await ask.read((db) => listRetentionRules(ask.actor, db))
  return page(
    <RetentionRules
      rules={rules}
      mayChange={mayChangeRetention(ask.actor).allowed}
      problems={problems}
      typed={typed}
    />,
  )
}

/** What a steward sees of the jobs, what everyone sees of the work they asked for, and how long things are kept. */
export const jobsRoom: Room = room('jobs', jobsWords, [
  get('queue', '/{jobs}', (ask) => queuePage(ask)),
  post('queue', '/{jobs}', (ask) =>
    submit(ask, {
      form: queueForm,
      act: async ({ id, deed, reason }) => {
        if (deed === 'discard' && !reason) throw new Problems([{ field: 'reason', words: 'jobs.problem.no-reason' }])
        await (deed === 'rerun' ? rerunJob(ask.actor, id) : discardJob(ask.actor, id, reason))
        return deed
      },
      then: (deed) => {
        ask.tell('done', `jobs.told.${deed}`)
        return seeOther(ask, 'jobs.queue', {}, 'state=dead')
      },
      again: (typed, problems) => queuePage(ask, problems, typed),
    }),
  ),
  get('retention', '/{jobs}/{retention}', (ask) => retentionPage(ask)),
  post('retention', '/{jobs}/{retention}', (ask) =>
    submit(ask, {
      form: retentionForm,
      act: (change) => changeRetention(ask.actor, change),
      then: () => {
        ask.tell('done', 'jobs.told.retention')
        return seeOther(ask, 'jobs.retention')
      },
      again: (typed, problems) => retentionPage(ask, problems, typed),
    }),
  ),
  get('work', '/{jobs}/{work}/:id{[0-9a-f-]+}', (ask) => workPage(ask)),
  post('work', '/{jobs}/{work}/:id{[0-9a-f-]+}', (ask) =>
    submit(ask, {
      form: workForm,
      act: () => cancelWork(ask.actor, ask.params['id'] ?? ''),
      then: () => seeOther(ask, 'jobs.work', { id: ask.params['id'] ?? '' }),
      again: (_typed, problems) => workPage(ask, problems),
    }),
  ),
])
