import { A, Table, Timeline, useFormats, useWords } from '#kit/view'
import { endsOf } from '../rules.ts'
import type { MembershipRow } from '../queries.ts'
import { words } from '../words/index.ts'
import { Period } from './pieces.tsx'

const dyes = { member: 'indigo', observer: 'ochre', invited: 'chilca' } as const

type MembersProps = { memberships: readonly MembershipRow[]; date: string; mayManage: boolean }

/** Every country's time in the network, drawn as threads over the years, and the same with its sources as a table. */
export function MembersOverTime({ memberships, date, mayManage }: MembersProps) {
  const t = useWords(words)
  const formats = useFormats()
  if (memberships.length === 0) return null
  const codes = [...new Set(memberships.map(({ countryCode }) => countryCode))]
  const days = memberships.flatMap(({ valid }) => Object.values(endsOf(valid)).filter((day) => day !== null))
  const [first = date, last = date] = [[...days, date].sort()[0], [...days, date].sort().at(-1)]
  const rows = [...formats.sorted(codes, (code) => formats.countryName(code))].map((code) => ({
    name: formats.countryName(code),
    intervals: memberships
      .filter(({ countryCode }) => countryCode === code)
      .map(({ valid, kind }) => ({
        from: endsOf(valid).from ?? first,
        to: endsOf(valid).until,
        name: t(`membership.${kind}`),
        dye: dyes[kind],
      })),
  }))
  const until = Temporal.PlainDate.from(last).add({ years: 1 }).toString()
  return (
    <>
      <Timeline label={t('page.over-time')} rows={rows} from={first} to={until} />
      <details>
        <summary>{t('membership.sources')}</summary>
        <Sources memberships={memberships} mayManage={mayManage} />
      </details>
    </>
  )
}

function Sources({ memberships, mayManage }: Omit<MembersProps, 'date'>) {
  const t = useWords(words)
  const formats = useFormats()
  return (
    <Table
      caption={t('page.over-time')}
      captionUnseen
      responsive
      rows={memberships}
      columns={[
        { id: 'country', head: t('field.country'), names: true, cell: (row) => formats.countryName(row.countryCode) },
        { id: 'kind', head: t('field.membership-kind'), cell: (row) => t(`membership.${row.kind}`) },
        {
          id: 'period',
          head: t('membership.period'),
          cell: (row) => <Period valid={row.valid} beginIsKnown={row.beginIsKnown} />,
        },
        {
          id: 'source',
          head: t('membership.source'),
          cell: (row) =>
            row.decisionCode && row.decisionPublic ? (
              <A
                to="network.decision"
                with={{ code: row.decisionCode }}
              >{`${t('membership.decision')} ${row.decisionCode}`}</A>
            ) : (
              row.source
            ),
        },
      ]}
      {...(mayManage && {
        actions: (row: MembershipRow) =>
          endsOf(row.valid).until ? null : (
            <A
              to="network.end-membership"
              with={{ id: row.id }}
              aria-label={`${t('do.end-membership')}: ${formats.countryName(row.countryCode)}`}
            >
              {t('do.end-membership')}
            </A>
          ),
      })}
    />
  )
}
