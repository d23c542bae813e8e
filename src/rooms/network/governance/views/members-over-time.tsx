import { A, Table, useFormats, useReader, useWords } from '#kit/view'
import { endsOf } from '../rules.ts'
import type { MembershipRow } from '../queries.ts'
import { words } from '../words/index.ts'
import { Period } from './pieces.tsx'

const rowHeight = 22
const labelWidth = 150
const width = 720

/** Every country's time in the network as a drawn line, and the same as a table beside it. */
export function MembersOverTime({
  memberships,
  date,
  mayManage,
}: {
  memberships: readonly MembershipRow[]
  date: string
  mayManage: boolean
}) {
  const t = useWords(words)
  const formats = useFormats()
  const reader = useReader()
  const codes = [...new Set(memberships.map(({ countryCode }) => countryCode))]
  const countries = [...formats.sorted(codes, (code) => formats.countryName(code))]
  const from = Math.min(
    ...memberships.map(({ valid }) => yearOf(endsOf(valid).from) ?? Infinity),
    Number(date.slice(0, 4)),
  )
  const until =
    Math.max(...memberships.map(({ valid }) => yearOf(endsOf(valid).until) ?? 0), Number(date.slice(0, 4))) + 1
  const at = (day: string | null, open: number): number => {
    const year = yearOf(day) ?? open
    const place = labelWidth + ((Math.min(Math.max(year, from), until) - from) / (until - from)) * (width - labelWidth)
    return reader.dir === 'rtl' ? width - place : place
  }
  const years = Array.from({ length: Math.ceil((until - from) / 2) }, (_, index) => Math.ceil(from) + index * 2).filter(
    (year) => year < until,
  )
  const height = (countries.length + 1) * rowHeight + 8
  if (memberships.length === 0) return null
  return (
    <>
      <figure class="chart">
        <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('page.over-time')} class="members-over-time">
          {years.map((year) => (
            <g>
              <line
                class="axis"
                x1={at(`${year}-01-01`, year)}
                x2={at(`${year}-01-01`, year)}
                y1={rowHeight}
                y2={height}
              />
              <text class="axis-label" x={at(`${year}-01-01`, year)} y={14} text-anchor="middle">
                {String(year)}
              </text>
            </g>
          ))}
          {countries.map((code, index) => (
            <g>
              <text
                class="row-label"
                x={reader.dir === 'rtl' ? width : 0}
                y={rowHeight * (index + 1) + 15}
                text-anchor="start"
              >
                {formats.countryName(code)}
              </text>
              {memberships
                .filter(({ countryCode }) => countryCode === code)
                .map(({ valid, kind, beginIsKnown }) => {
                  const [a, b] = [at(endsOf(valid).from, from), at(endsOf(valid).until, until)]
                  return (
                    <rect
                      class={`stretch stretch-${kind}${beginIsKnown ? '' : ' stretch-unknown'}`}
                      x={Math.min(a, b)}
                      width={Math.max(2, Math.abs(b - a) - 1)}
                      y={rowHeight * (index + 1) + 6}
                      height={rowHeight - 12}
                      rx="2"
                    />
                  )
                })}
            </g>
          ))}
          <line class="today" x1={at(date, from)} x2={at(date, from)} y1={rowHeight} y2={height} />
        </svg>
      </figure>
      <details>
        <summary>{t('membership.period')}</summary>
        <Table
          caption={t('page.over-time')}
          captionUnseen
          responsive
          rows={memberships}
          columns={[
            {
              id: 'country',
              head: t('field.country'),
              names: true,
              cell: (row) => formats.countryName(row.countryCode),
            },
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
      </details>
    </>
  )
}

/** A day as a year with its fraction: 2018-07-01 is 2018.5. */
function yearOf(day: string | null): number | null {
  if (!day) return null
  const date = Temporal.PlainDate.from(day)
  return date.year + (date.dayOfYear - 1) / date.daysInYear
}
