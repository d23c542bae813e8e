import type { QueueCount } from '#kit/jobs'
import type { LetterCount } from '#kit/mail'
import { A, Badge, Button, ButtonLink, Callout, Facts, Field, Form, Page, useFormats, useWords } from '#kit/view'
import { words } from '../words/index.ts'
import type { KeptFailure } from '../failures.ts'
import type { Backup, Disk, Query, Setting, UnderWay } from '../queries.ts'
import { Failures, Queries, Settings } from './tables.tsx'

export type InstallationProps = {
  atWork: boolean
  jobs: readonly QueueCount[]
  letters: readonly LetterCount[]
  failures: readonly KeptFailure[]
  /** The request's number that was looked for; '' when none. */
  asked: string
  underWay: readonly UnderWay[]
  slow: readonly Query[] | null
  databaseBytes: number
  disk: Disk | null
  signIns: { entered: number; refused: number; slowed: number }
  backup: Backup | null
  backupStanding: 'none' | 'old' | 'good'
  settings: readonly Setting[]
  /** Whether the reader may go on to the queue and the letters; an auditor reads this page alone. */
  maySteward: boolean
}

const nearlyFull = 0.1

/** How the installation fares, on one page: what a steward looks at first, worst things first. */
export function Installation(props: InstallationProps) {
  const t = useWords(words)
  const { fileSize, number, percent } = useFormats()
  const { disk, signIns } = props
  return (
    <Page
      title={t('page.title')}
      lead={t('page.lead')}
      robots="noindex"
      wide
      primary={
        props.maySteward ? (
          <ButtonLink kind="second" to="jobs.queue">
            {t('jobs.open')}
          </ButtonLink>
        ) : null
      }
    >
      <Warnings {...props} />
      <section aria-labelledby="now">
        <h2 id="now">{t('now.title')}</h2>
        <Facts
          of={[
            { term: t('jobs.term'), value: <Jobs {...props} /> },
            { term: t('letters.term'), value: <Letters {...props} /> },
            {
              term: t('sign-ins.term'),
              value: t('sign-ins.told', {
                entered: number(signIns.entered),
                refused: number(signIns.refused),
                slowed: number(signIns.slowed),
              }),
            },
            { term: t('backup.term'), value: <LastBackup {...props} /> },
            {
              term: t('disk.term'),
              value: disk
                ? t('disk.told', {
                    free: fileSize(disk.free),
                    whole: fileSize(disk.whole),
                    share: percent(disk.free / disk.whole),
                  })
                : null,
              absent: t('disk.unknown'),
            },
            { term: t('database.term'), value: fileSize(props.databaseBytes) },
          ]}
        />
      </section>
      <section aria-labelledby="failures">
        <h2 id="failures">{t('failure.title')}</h2>
        <Form
          method="get"
          id="find"
          label={t('failure.find')}
          buttons={<Button kind="second">{t('failure.look')}</Button>}
        >
          <Field
            kind="search"
            name="request"
            label={t('failure.request')}
            hint={t('failure.hint')}
            value={props.asked}
          />
        </Form>
        <Failures of={props.failures} asked={props.asked} />
      </section>
      <section aria-labelledby="queries">
        <h2 id="queries">{t('query.title')}</h2>
        <Queries slow={props.slow} underWay={props.underWay} />
      </section>
      <section aria-labelledby="settings">
        <h2 id="settings">{t('setting.title')}</h2>
        <Settings of={props.settings} />
      </section>
    </Page>
  )
}

function Warnings({ atWork, backupStanding, disk }: InstallationProps) {
  const t = useWords(words)
  const { percent } = useFormats()
  const full = disk !== null && disk.free / disk.whole < nearlyFull
  return (
    <>
      {atWork ? null : <Callout kind="warning">{t('warning.idle')}</Callout>}
      {backupStanding === 'good' ? null : <Callout kind="warning">{t(`warning.backup-${backupStanding}`)}</Callout>}
      {full ? <Callout kind="warning">{t('warning.disk', { share: percent(disk.free / disk.whole) })}</Callout> : null}
    </>
  )
}

function Jobs({ jobs, atWork, maySteward }: InstallationProps) {
  const t = useWords(words)
  const sum = (...states: QueueCount['state'][]) =>
    jobs.filter(({ state }) => states.includes(state)).reduce((all, { count }) => all + Number(count), 0)
  const dead = sum('dead')
  const failed = t('jobs.failed', { count: dead })
  return (
    <>
      <Badge tone={atWork ? 'done' : 'refused'}>{t(atWork ? 'jobs.working' : 'jobs.idle')}</Badge>{' '}
      {t('jobs.waiting', { count: sum('waiting', 'later', 'again', 'running') })} ·{' '}
      {maySteward && dead > 0 ? (
        <A to="jobs.queue" query={{ state: 'dead' }}>
          {failed}
        </A>
      ) : (
        failed
      )}
    </>
  )
}

function Letters({ letters, maySteward }: InstallationProps) {
  const t = useWords(words)
  const { number, list } = useFormats()
  const said = list(
    letters.map(({ state, count }) => `${t(`letters.${state}`)}: ${number(count)}`),
    'unit',
  )
  if (said === '') return <>{t('letters.none')}</>
  return maySteward ? <A to="mail.letters">{said}</A> : <>{said}</>
}

function LastBackup({ backup, backupStanding }: InstallationProps) {
  const t = useWords(words)
  const { dateTime, fileSize } = useFormats()
  return (
    <>
      <Badge tone={backupStanding === 'good' ? 'done' : 'refused'}>{t(`backup.${backupStanding}`)}</Badge>{' '}
      {backup ? t('backup.told', { at: dateTime(backup.at), size: fileSize(backup.bytes) }) : null}
    </>
  )
}
