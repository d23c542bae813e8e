import type { ComponentChildren } from 'preact'
import { Link, type Target } from '../address.tsx'
import { useWords } from '../reader.ts'
import { words } from '../words/index.ts'

export type Column<Row> = {
  /** Unique in the table. */
  id: string
  head: string
  cell: (row: Row) => ComponentChildren
  /** Names the row: it is read with every cell of it. */
  names?: boolean
  /** Figures stand at the end, one under the other. */
  figures?: boolean
  /** Where the table goes sorted by this column, and how it is sorted now. */
  sort?: { target: Target; now?: 'ascending' | 'descending' | undefined }
}

export type TableProps<Row> = {
  caption: string
  /** The caption is heard, not seen, where a heading right above says the same. */
  captionUnseen?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** A stable name of the row, for links (`#row-…`) and tests. */
  rowId?: (row: Row) => string
  /** What can be done with a row: stands at its end. */
  actions?: (row: Row) => ComponentChildren
  /** Under 600 px each row becomes a card. */
  responsive?: boolean
  /** What stands in place of the rows when there are none. */
  empty?: ComponentChildren
  foot?: ComponentChildren
}

/** A table in its own frame, which scrolls by itself when the table is wider than the page; the head stays in sight. */
export function Table<Row>(props: TableProps<Row>) {
  const t = useWords(words)
  if (props.rows.length === 0 && props.empty) return <>{props.empty}</>
  return (
    // A group and not a landmark: a page may have many tables.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div class="table-frame" role="group" aria-label={props.caption} tabIndex={0}>
      <table class={props.responsive ? 'table table-cards' : 'table'}>
        <caption class={props.captionUnseen ? 'unseen' : undefined}>{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th scope="col" class={column.figures ? 'figures' : undefined} aria-sort={column.sort?.now}>
                {column.sort ? <Link target={column.sort.target}>{column.head}</Link> : column.head}
              </th>
            ))}
            {props.actions ? (
              <th scope="col" class="actions">
                <span class="unseen">{t('table.actions')}</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr id={props.rowId ? `row-${props.rowId(row)}` : undefined}>
              {props.columns.map((column) => (
                <Cell column={column} row={row} />
              ))}
              {props.actions ? <td class="actions">{props.actions(row)}</td> : null}
            </tr>
          ))}
        </tbody>
        {props.foot ? <tfoot>{props.foot}</tfoot> : null}
      </table>
    </div>
  )
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const className = column.figures ? 'figures' : undefined
  if (column.names) {
    return (
      <th scope="row" class={className}>
        {column.cell(row)}
      </th>
    )
  }
  return (
    <td class={className} data-label={column.head}>
      {column.cell(row)}
    </td>
  )
}
