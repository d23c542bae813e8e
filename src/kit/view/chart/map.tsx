/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the map is drawn here, and SVG has no element that groups by name */
import { type Target, Link, useAddress } from '../address.tsx'
import { Table } from '../data/table.tsx'
import type { Dye } from '../piece/badge.tsx'
import { useFormats, useReader, useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { ChartFrame, useDataName } from './frame.tsx'
import { type Outlines, height, picture, width } from './outlines.ts'

export type MapPoint = {
  /** Decimal degrees, WGS 84. */
  latitude: number
  longitude: number
  name: string
  lang?: string
  target?: Target
  dye?: Dye
  /** Further words for the list: the city, the kind. */
  where?: string
  /** How many stand together here: drawn as a circle with its number. */
  count?: number
}

export type MapProps = {
  id: string
  title: string
  /** What the map shows, in a sentence. */
  description: string
  /** Outlines of countries, as `atlas()` gives them; chosen by the size of what is shown unless told. Those outside of the picture are not drawn. */
  outlines?: Outlines
  points?: readonly MapPoint[]
  /** Countries that are marked, by ISO code: with a value for the list and a place to go. */
  countries?: readonly { code: string; dye?: Dye; value?: string; target?: Target }[]
  /** What the picture holds: the points and marked countries unless told. West, south, east, north in degrees. */
  frame?: readonly [number, number, number, number]
  /** Do not show the list under it, where the page already has one. */
  listElsewhere?: boolean
  note?: string
}

/** A map drawn on the server: outlines and places, with the list of the same beside it. No tiles are fetched and nobody learns who looks. */
export function Map(props: MapProps) {
  const { points = [], countries = [] } = props
  const { countryName } = useFormats()
  const address = useAddress()
  const marked = new globalThis.Map(countries.map((one) => [one.code, one]))
  const { projection, shapes } = picture(props)
  return (
    <ChartFrame
      id={props.id}
      title={props.title}
      description={props.description}
      note={props.note}
      tableName={useDataName('map-data')}
      table={props.listElsewhere ? null : <Places of={props} />}
    >
      {/* A picture, not a control: whoever uses the keyboard finds every link in the list. */}
      <svg
        class="map"
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="group"
        aria-labelledby={`${props.id}-title`}
        aria-describedby={`${props.id}-desc`}
      >
        <title id={`${props.id}-title`}>{props.title}</title>
        <desc id={`${props.id}-desc`}>{props.description}</desc>
        {shapes.map(({ code, d }) => {
          const mark = marked.get(code)
          const shape = (
            <path class={mark ? `land land-marked stain-${mark.dye ?? 'indigo'}` : 'land'} d={d}>
              {mark ? <title>{titled(countryName(mark.code), mark.value)}</title> : null}
            </path>
          )
          return mark?.target ? (
            <a href={address(mark.target)} tabIndex={-1} aria-hidden="true">
              {shape}
            </a>
          ) : (
            shape
          )
        })}
        {points.map((point) => {
          const place = projection([point.longitude, point.latitude])
          if (!place) return null
          // A line of no length with round ends is a dot, and keeps its size however large the map is shown.
          const d = `M${round(place[0])} ${round(place[1])}h0`
          const many = point.count !== undefined && point.count > 1
          const dot = many ? (
            <Group at={place} of={point} count={point.count!} />
          ) : (
            <>
              <path class="dot-reach" d={d} />
              <path class="dot-edge" d={d} />
              <path class={`dot stain-${point.dye ?? 'cochineal'}`} d={d}>
                <title>{titled(point.name, point.where)}</title>
              </path>
            </>
          )
          return point.target ? (
            <a href={address(point.target)} tabIndex={-1} aria-hidden="true">
              {dot}
            </a>
          ) : (
            <g>{dot}</g>
          )
        })}
      </svg>
    </ChartFrame>
  )
}

/** Several places that stand too near to be told apart: a circle that grows with their number, slower than it. */
function Group({ at, of, count }: { at: readonly [number, number]; of: MapPoint; count: number }) {
  const { number } = useFormats()
  return (
    <>
      <circle
        class={`group stain-${of.dye ?? 'cochineal'}`}
        cx={round(at[0])}
        cy={round(at[1])}
        r={round(7 + 2.2 * Math.log2(count))}
      >
        <title>{titled(of.name, of.where)}</title>
      </circle>
      <text class="group-count" x={round(at[0])} y={round(at[1])} dy=".35em">
        {number(count)}
      </text>
    </>
  )
}

function titled(name: string, more: string | undefined): string {
  return more ? `${name}: ${more}` : name
}

const round = (value: number) => Math.round(value * 10) / 10

type Row = { name: string; lang: string | undefined; more: string; target: Target | undefined }

function Places({ of }: { of: MapProps }) {
  const { countryName, sorted } = useFormats()
  const { language } = useReader()
  const t = useWords(words)
  const rows: Row[] = [
    ...(of.countries ?? []).map((one) => ({
      name: countryName(one.code),
      lang: language,
      more: one.value ?? '',
      target: one.target,
    })),
    ...(of.points ?? []).map((one) => ({ name: one.name, lang: one.lang, more: one.where ?? '', target: one.target })),
  ]
  return (
    <Table
      caption={of.title}
      captionUnseen
      columns={[
        {
          id: 'place',
          head: t('chart.place'),
          names: true,
          cell: (row: Row) => {
            const name = row.lang && row.lang !== language ? <span lang={row.lang}>{row.name}</span> : row.name
            return row.target ? <Link target={row.target}>{name}</Link> : name
          },
        },
        { id: 'more', head: t('chart.about'), cell: (row) => row.more },
      ]}
      rows={sorted(rows, (row) => row.name)}
    />
  )
}
