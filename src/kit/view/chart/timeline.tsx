import { scaleLinear } from 'd3-scale'
import { type Moment, asInstant } from '#kit/words'
import type { Dye } from '../piece/badge.tsx'
import { useFormats, useReader, useWords } from '../reader.ts'
import { words } from '../words/index.ts'

/** Something that held from one day until another; `to` null: it still does. The end is not part of it, as PostgreSQL's ranges have it. */
export type Interval = { from: Moment; to: Moment | null; name: string; dye?: Dye }

type TimelineProps = {
  label: string
  rows: readonly { name: string; intervals: readonly Interval[] }[]
  from: Moment
  to: Moment
}

/** What held when, row by row: drawn as threads over the years, and said in words under each name. */
export function Timeline({ label, rows, from, to }: TimelineProps) {
  const reader = useReader()
  const formats = useFormats()
  const t = useWords(words)
  const at = (moment: Moment) => asInstant(moment, reader.zone).epochMilliseconds
  const across = scaleLinear([at(from), at(to)], [0, 100]).clamp(true)
  const place = (start: number, width: number) => percent(reader.dir === 'rtl' ? 100 - start - width : start)
  const years = yearsBetween(from, to)
  const today = across(reader.now.epochMilliseconds)
  return (
    <section class="timeline" aria-label={label}>
      <svg class="timeline-years" width="100%" height="22" aria-hidden="true" focusable="false">
        {years.map((year) => (
          <text
            class={across(at(`${year}-01-01`)) > 90 ? 'chart-tick chart-tick-end' : 'chart-tick'}
            x={place(across(at(`${year}-01-01`)), 0)}
            y="15"
          >
            {year}
          </text>
        ))}
      </svg>
      <dl>
        {rows.map((row) => (
          <div class="timeline-row">
            <dt>{row.name}</dt>
            <dd>
              <svg width="100%" height="14" aria-hidden="true" focusable="false">
                <line class="chart-grid" x1="0" x2="100%" y1="7" y2="7" />
                {row.intervals.map((one) => {
                  const start = across(at(one.from))
                  const end = one.to === null ? across(at(to)) : across(at(one.to))
                  return (
                    <rect
                      class={`chart-bar stain-${one.dye ?? 'indigo'}`}
                      x={place(start, end - start)}
                      width={percent(Math.max(0.6, end - start))}
                      y="3"
                      height="8"
                    />
                  )
                })}
                <line class="timeline-now" x1={place(today, 0)} x2={place(today, 0)} y1="0" y2="14" />
              </svg>
              <ul>
                {row.intervals.map((one) => (
                  <li>
                    {one.name}:{' '}
                    {one.to === null
                      ? t('chart.since', { from: formats.date(one.from, 'year') })
                      : formats.dateRange(one.from, one.to, 'year')}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const percent = (value: number) => `${Math.round(value * 100) / 100}%`

/** At most seven years for the axis, evenly apart. */
function yearsBetween(from: Moment, to: Moment): number[] {
  const first = asInstant(from).toZonedDateTimeISO('UTC').year
  const last = asInstant(to).toZonedDateTimeISO('UTC').year
  const every = Math.max(1, Math.ceil((last - first + 1) / 7))
  return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, place) => first + place * every)
}
