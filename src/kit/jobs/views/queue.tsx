import {
  Badge,
  Button,
  ButtonLink,
  Callout,
  Empty,
  Field,
  Form,
  Page,
  Pager,
  Table,
  Tabs,
  When,
  useFormats,
  useReader,
  useWords,
  withParameter,
  type Problem,
  type Tone,
  type Typed,
} from '#kit/view'
import { queueStates, type Finding, type QueueCount, type QueuedJob, type QueueState } from '../queue.ts'
import { jobsWords } from '../words.ts'

const tones: Record<QueueState, Tone> = {
  running: 'going',
  waiting: 'plain',
  later: 'over',
  again: 'wanting',
  dead: 'refused',
}

type Props = {
  atWork: boolean
  counts: readonly QueueCount[]
  findings: readonly Finding[]
  jobs: readonly QueuedJob[]
  more: boolean
  state: QueueState | null
  problems: readonly Problem[]
  typed?: Typed | undefined
}

/** The jobs as a steward reads them: whether anyone is at work, what the night found, what waits, what died and why. */
export function Queue({ atWork, counts, findings, jobs, more, state, problems, typed }: Props) {
  const t = useWords(jobsWords)
  const { path } = useReader()
  const { number } = useFormats()
  const countOf = (one: QueueState) => counts.find((each) => each.state === one)?.count ?? 0
  return (
    <Page
      title={t('queue.title')}
      lead={t('queue.lead')}
      robots="noindex"
      wide
      primary={
        <ButtonLink kind="second" to="jobs.retention">
          {t('retention.title')}
        </ButtonLink>
      }
    >
      {atWork ? null : (
        <Callout kind="warning" title={t('queue.idle')}>
          {t('queue.idle-text')}
        </Callout>
      )}
      <Findings findings={findings} />
      <Tabs
        label={t('queue.state')}
        of={[
          { target: { to: 'jobs.queue' }, name: t('queue.all'), current: state === null },
          ...queueStates.map((one) => ({
            target: { to: 'jobs.queue', query: { state: one } } as const,
            name: t(`state.${one}`),
            count: countOf(one),
            current: one === state,
          })),
        ]}
      />
      <Table
        caption={t('queue.caption')}
        columns={[
          { id: 'task', head: t('queue.task'), names: true, cell: (job) => <code>{job.task}</code> },
          {
            id: 'state',
            head: t('queue.state'),
            cell: (job) => <Badge tone={tones[job.state]}>{t(`state.${job.state}`)}</Badge>,
          },
          {
            id: 'attempts',
            head: t('queue.attempts'),
            figures: true,
            cell: (job) => t('queue.of', { attempts: number(job.attempts), most: number(job.maxAttempts) }),
          },
          { id: 'run', head: t('queue.due'), cell: (job) => <When at={job.runAt} style="medium" /> },
          { id: 'about', head: t('queue.about'), cell: (job) => <code dir="ltr">{JSON.stringify(job.payload)}</code> },
          {
            id: 'problem',
            head: t('queue.problem'),
            cell: (job) => (job.problem ? <code dir="ltr">{job.problem}</code> : null),
          },
        ]}
        rows={jobs}
        rowId={(job) => String(job.id)}
        responsive
        actions={(job) => (job.state === 'dead' ? <Deeds job={job} problems={problems} typed={typed} /> : null)}
        empty={<Empty title={t('queue.empty')}>{t('queue.empty-text')}</Empty>}
      />
      <Pager next={more ? { href: withParameter(path, 'before', String(jobs.at(-1)!.id)) } : null} />
    </Page>
  )
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  const t = useWords(jobsWords)
  if (findings.length === 0) return null
  return (
    <Table
      caption={t('finding.caption')}
      columns={[
        {
          id: 'name',
          head: t('finding.name'),
          names: true,
          cell: ({ name }) =>
            t.has(`finding.of.${name}`) ? t(`finding.of.${name}` as 'finding.of.history') : <code>{name}</code>,
        },
        {
          id: 'good',
          head: t('finding.result'),
          cell: ({ good }) => (
            <Badge tone={good ? 'done' : 'refused'}>{t(good ? 'finding.good' : 'finding.bad')}</Badge>
          ),
        },
        { id: 'at', head: t('finding.at'), cell: ({ at }) => <When at={at} style="medium" /> },
        {
          id: 'detail',
          head: t('finding.detail'),
          cell: ({ detail }) => <code dir="ltr">{JSON.stringify(detail)}</code>,
        },
      ]}
      rows={findings}
      responsive
    />
  )
}

function Deeds({ job, problems, typed }: { job: QueuedJob; problems: readonly Problem[]; typed: Typed | undefined }) {
  const t = useWords(jobsWords)
  const id = `job-${job.id}`
  const own = typed?.['id'] === String(job.id)
  return (
    <Form
      id={id}
      label={`${job.task} ${job.id}`}
      problems={own ? problems : []}
      typed={own ? typed : undefined}
      buttons={
        <>
          <Button kind="quiet" name="deed" value="rerun" label={`${t('queue.rerun')}: ${job.task} ${job.id}`}>
            {t('queue.rerun')}
          </Button>
          <Button kind="danger" name="deed" value="discard" label={`${t('queue.discard')}: ${job.task} ${job.id}`}>
            {t('queue.discard')}
          </Button>
        </>
      }
    >
      <input type="hidden" name="id" value={job.id} />
      <Field kind="text" name="reason" label={t('queue.reason')} />
    </Form>
  )
}
