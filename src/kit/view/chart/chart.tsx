/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the picture is drawn here, there is no file for an img */
import { scaleLinear } from 'd3-scale'
import { line, stack } from 'd3-shape'
import { Table } from '../data/table.tsx'
import type { Dye } from '../piece/badge.tsx'
import { type Reader, useFormats, useReader } from '../reader.ts'
import { ChartFrame, Shape, dyeOrder, useDataName } from './frame.tsx'

export type Series = {
  name: string
  /** One value a label, in the same order; null where nobody knows. */
  values: readonly (number | null)[]
  dye?: Dye
}

export type ChartProps = {
  /** `bars` compares things; `columns` and `stacked` follow amounts over time; `lines` follow several over time. */
  kind: 'bars' | 'columns' | 'stacked' | 'lines'
  id: string
  title: string
  /** What the drawing shows, in a sentence: what rises, what leads. Read to whoever does not see it. */
  description: string
  /** What the labels are: "Year", "Country". Heads the table's first column. */
  labelName: string
  labels: readonly string[]
  series: readonly Series[]
  /** How values are written; numbers of the reader's language unless told. */
  format?: (value: number) => string
  note?: string
}

/**
 * A chart drawn on the server as SVG, with the table of the same data under it. Positions are shares of the width, so that
 * letters keep their size on a phone; right to left it is mirrored.
 */
export function Chart(props: ChartProps) {
  const formats = useFormats()
  const format = props.format ?? ((value: number) => formats.number(value))
  const legend = props.series.map((one, place) => ({
    name: one.name,
    dye: one.dye ?? dyeOrder[place % dyeOrder.length]!,
  }))
  const drawing = { ...props, format, dyes: legend.map((one) => one.dye) }
  return (
    <ChartFrame
      id={props.id}
      title={props.title}
      description={props.description}
      legend={legend}
      note={props.note}
      tableName={useDataName('data')}
      table={<DataTable of={props} format={format} />}
    >
      {props.kind === 'bars' ? <Bars {...drawing} /> : <Upright {...drawing} />}
    </ChartFrame>
  )
}

function DataTable({ of, format }: { of: ChartProps; format: (value: number) => string }) {
  const rows = of.labels.map((label, place) => ({ label, values: of.series.map((one) => one.values[place] ?? null) }))
  return (
    <Table
      caption={of.title}
      captionUnseen
      columns={[
        { id: 'label', head: of.labelName, names: true, cell: (row: (typeof rows)[number]) => row.label },
        ...of.series.map((one, place) => ({
          id: `series-${place}`,
          head: one.name,
          figures: true,
          cell: (row: (typeof rows)[number]) => {
            const value = row.values[place] ?? null
            return value === null ? '–' : format(value)
          },
        })),
      ]}
      rows={rows}
    />
  )
}

type Drawing = ChartProps & { format: (value: number) => string; dyes: readonly Dye[] }

/** A length as a share of the width, two digits after the point. */
const share = (value: number) => `${Math.round(value * 100) / 100}%`

/** Where a box of a width starts when the page reads from right to left. */
function across(reader: Reader, from: number, width: number): number {
  return reader.dir === 'rtl' ? 100 - from - width : from
}

const barHeight = 14

/** Lying bars: a label above each, its value right after it. */
function Bars({ id, title, description, labels, series, format, dyes }: Drawing) {
  const reader = useReader()
  const most = Math.max(0, ...series.flatMap((one) => one.values.map((value) => value ?? 0)))
  // The longest bar leaves room for its value.
  const width = scaleLinear([0, most || 1], [0, 84])
  const row = 26 + series.length * (barHeight + 3)
  const edge = reader.dir === 'rtl' ? '100%' : '0'
  return (
    <svg class="bars" width="100%" height={labels.length * row} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      {labels.map((label, place) => (
        <g>
          <text class="chart-label" x={edge} y={place * row + 15}>
            {label}
          </text>
          {series.map((one, order) => {
            const value = one.values[place] ?? null
            const length = value === null ? 0 : width(value)
            const top = place * row + 22 + order * (barHeight + 3)
            return (
              <>
                <rect
                  class={`chart-bar stain-${dyes[order]!}`}
                  x={share(across(reader, 0, length))}
                  y={top}
                  width={share(length)}
                  height={barHeight}
                />
                <text
                  class="chart-value"
                  x={share(across(reader, length, 0))}
                  dx={reader.dir === 'rtl' ? -6 : 6}
                  y={top + barHeight - 2}
                >
                  {value === null ? '–' : format(value)}
                </text>
              </>
            )
          })}
        </g>
      ))}
    </svg>
  )
}

const plotTop = 12
const plotHeight = 200

/** Columns, stacks and lines over an axis of labels. */
function Upright(props: Drawing) {
  const { id, kind, title, description, labels, series, format } = props
  const reader = useReader()
  const totals = labels.map((_, place) => series.reduce((sum, one) => sum + (one.values[place] ?? 0), 0))
  const most =
    kind === 'stacked'
      ? Math.max(0, ...totals)
      : Math.max(0, ...series.flatMap((one) => one.values.map((value) => value ?? 0)))
  const height = scaleLinear([0, most || 1], [plotHeight, 0]).nice(4)
  const ticks = height.ticks(4)
  const step = 100 / labels.length
  // On a screen of 320 px the axis has some 250: only labels that find room beside one another are written.
  const longest = Math.max(...labels.map((label) => label.length))
  const every = Math.max(Math.ceil(labels.length / 7), Math.ceil((labels.length * (longest * 7.5 + 10)) / 250))
  return (
    <svg
      class={`upright upright-${kind}`}
      width="100%"
      height={plotTop + plotHeight + 28}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      {ticks.map((tick) => (
        <g>
          <line class="chart-grid" x1="0" x2="100%" y1={plotTop + height(tick)} y2={plotTop + height(tick)} />
          <text class="chart-tick" x={reader.dir === 'rtl' ? '100%' : '0'} y={plotTop + height(tick) - 4}>
            {format(tick)}
          </text>
        </g>
      ))}
      <svg x={reader.dir === 'rtl' ? '0' : '8%'} y={plotTop} width="92%" height={plotHeight + 28} overflow="visible">
        {kind === 'lines' ? (
          <Lines {...props} height={height} step={step} />
        ) : (
          <Columns {...props} height={height} step={step} />
        )}
        {labels.map((label, place) =>
          place % every === 0 ? (
            <text
              class="chart-label chart-under"
              x={share(across(reader, place * step + step / 2, 0))}
              y={plotHeight + 20}
            >
              {label}
            </text>
          ) : null,
        )}
      </svg>
    </svg>
  )
}

type Plot = Drawing & { height: (value: number) => number; step: number }

function Columns({ kind, labels, series, dyes, height, step, format }: Plot) {
  const reader = useReader()
  if (kind === 'stacked') {
    const rows = labels.map((_, place) =>
      Object.fromEntries(series.map((one, order) => [order, one.values[place] ?? 0])),
    )
    const layers = stack<Record<string, number>>().keys(series.map((_, order) => String(order)))(rows)
    return (
      <>
        {layers.map((layer, order) =>
          layer.map(([from, to], place) => (
            <rect
              class={`chart-bar stain-${dyes[order]!}`}
              x={share(across(reader, place * step + step * 0.2, step * 0.6))}
              y={height(to)}
              width={share(step * 0.6)}
              height={Math.max(0, height(from) - height(to))}
            >
              <title>{`${series[order]!.name}, ${labels[place]!}: ${format(to - from)}`}</title>
            </rect>
          )),
        )}
      </>
    )
  }
  const width = (step * 0.7) / series.length
  return (
    <>
      {series.map((one, order) =>
        one.values.map((value, place) =>
          value === null ? null : (
            <rect
              class={`chart-bar stain-${dyes[order]!}`}
              x={share(across(reader, place * step + step * 0.15 + order * width, width * 0.92))}
              y={height(value)}
              width={share(width * 0.92)}
              height={Math.max(0, height(0) - height(value))}
            >
              <title>{`${one.name}, ${labels[place]!}: ${format(value)}`}</title>
            </rect>
          ),
        ),
      )}
    </>
  )
}

function Lines({ labels, series, dyes, height, step, format }: Plot) {
  const reader = useReader()
  const middle = (place: number) => across(reader, place * step + step / 2, 0)
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, place) => middle(place))
    .y((value) => height(value ?? 0))
    .digits(2)
  return (
    <>
      {/* Lines are stretched to the width; their thickness is not. */}
      <svg
        width="100%"
        height={plotHeight}
        viewBox={`0 0 100 ${plotHeight}`}
        preserveAspectRatio="none"
        overflow="visible"
      >
        {series.map((one, order) => (
          <path class={`chart-line stain-${dyes[order]!}`} d={path(one.values) ?? ''} />
        ))}
      </svg>
      {series.map((one, order) =>
        one.values.map((value, place) =>
          value === null ? null : (
            <svg class={`stain-${dyes[order]!}`} x={share(middle(place))} y={height(value)} overflow="visible">
              <g transform="translate(-4 -4) scale(.57)">
                <Shape place={order} />
              </g>
              <title>{`${one.name}, ${labels[place]!}: ${format(value)}`}</title>
            </svg>
          ),
        ),
      )}
    </>
  )
}
