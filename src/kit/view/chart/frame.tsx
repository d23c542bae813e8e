import type { ComponentChildren } from 'preact'
import { useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import type { Dye } from '../piece/badge.tsx'

/** The order in which series take the dyes: neighbours differ in lightness as well as in hue. */
export const dyeOrder: readonly Dye[] = ['indigo', 'ochre', 'cochineal', 'teal', 'maize', 'chilca', 'walnut']

type ChartFrameProps = {
  id: string
  title: string
  description: string
  legend?: readonly { name: string; dye: Dye }[]
  children: ComponentChildren
  /** The same data as a table; null where the page has it elsewhere. */
  table: ComponentChildren
  tableName: string
  note?: ComponentChildren
}

/** A drawing with its title, legend, description for whoever does not see it, and the same data as a table. */
export function ChartFrame({ title, legend, children, table, tableName, note }: ChartFrameProps) {
  return (
    <figure class="chart">
      <figcaption class="chart-title">{title}</figcaption>
      {legend && legend.length > 1 ? (
        <ul class="legend" aria-hidden="true">
          {legend.map((one, place) => (
            <li>
              <svg class={`stain-${one.dye}`} viewBox="0 0 14 14" width="14" height="14" focusable="false">
                <Shape place={place} />
              </svg>
              {one.name}
            </li>
          ))}
        </ul>
      ) : null}
      <div class="chart-drawing">{children}</div>
      {note ? <p class="chart-note">{note}</p> : null}
      {table ? (
        <details class="chart-data">
          <summary>{tableName}</summary>
          {table}
        </details>
      ) : null}
    </figure>
  )
}

const shapes = [
  'M2 2h10v10h-10z',
  'M7 1.500a5.500 5.500 0 1 0 0 11a5.500 5.500 0 1 0 0-11z',
  'M7 1l6.500 11.500h-13z',
  'M7 .500l6.500 6.500l-6.500 6.500l-6.500-6.500z',
]

/** A mark of its own for each series, so that colour is never alone in telling them apart. Drawn in a field of 14 × 14. */
export function Shape({ place }: { place: number }) {
  return <path class="chart-shape" d={shapes[place % shapes.length]!} />
}

export function useDataName(kind: 'data' | 'map-data'): string {
  return useWords(words)(`chart.${kind}`)
}
