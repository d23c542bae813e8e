import { kitWords } from '#kit/words'
import { Link, type Target } from '../address.tsx'
import { useFormats, useReader, useWords } from '../reader.ts'

type PagerProps =
  | {
      page: number
      /** How many pages there are. */
      pages: number
      /** Where a page is; this page with `page=` in its query unless told. */
      to?: (page: number) => Target
    }
  // Where pages are reached by the last row seen and nobody counts them.
  | { previous?: Target | null | undefined; next?: Target | null | undefined }

/** The way through a long list. Says nothing when there is but one page. */
export function Pager(props: PagerProps) {
  const { path } = useReader()
  const kit = useWords(kitWords)
  const { number } = useFormats()
  if (!('pages' in props)) {
    if (!props.previous && !props.next) return null
    return (
      <nav class="pager" aria-label={kit('pager.label')}>
        <Turn target={props.previous} rel="prev">
          {kit('action.previous')}
        </Turn>
        <Turn target={props.next} rel="next">
          {kit('action.next')}
        </Turn>
      </nav>
    )
  }
  const { page, pages } = props
  if (pages <= 1) return null
  const to =
    props.to ??
    ((wanted: number): Target => ({ href: withParameter(path, 'page', wanted === 1 ? null : String(wanted)) }))
  return (
    <nav class="pager" aria-label={kit('pager.label')}>
      <Turn target={page > 1 ? to(page - 1) : null} rel="prev">
        {kit('action.previous')}
      </Turn>
      <ol>
        {shownPages(page, pages).map((one) =>
          one === null ? (
            <li class="gap">…</li>
          ) : (
            <li>
              <Link
                target={to(one)}
                aria-current={one === page ? 'page' : undefined}
                aria-label={kit('pager.page', { page: one })}
              >
                {number(one)}
              </Link>
            </li>
          ),
        )}
      </ol>
      <Turn target={page < pages ? to(page + 1) : null} rel="next">
        {kit('action.next')}
      </Turn>
    </nav>
  )
}

function Turn({
  target,
  rel,
  children,
}: {
  target: Target | null | undefined
  rel: 'prev' | 'next'
  children: string
}) {
  if (!target) return <span class={`turn turn-${rel} turn-none`} />
  return (
    <span class={`turn turn-${rel}`}>
      <Link target={target} rel={rel}>
        {children}
      </Link>
    </span>
  )
}

/** The first, the last, this one and its neighbours; null where some are left out. */
export function shownPages(page: number, pages: number): (number | null)[] {
  const near = [1, page - 1, page, page + 1, pages].filter((one) => one >= 1 && one <= pages)
  const shown = [...new Set(near)].sort((one, other) => one - other)
  return shown.flatMap((one, place) => {
    const gap = one - (shown[place - 1] ?? one - 1)
    // A gap of one page is no gap: the page itself takes no more room.
    return gap === 1 ? [one] : gap === 2 ? [one - 1, one] : [null, one]
  })
}

/** The path with one parameter set, or taken away by null; the others stay as they are. */
export function withParameter(path: string, name: string, value: string | null): string {
  const [bare = '', query = ''] = path.split('?')
  const search = new URLSearchParams(query)
  if (value === null) search.delete(name)
  else search.set(name, value)
  const text = search.toString()
  return text ? `${bare}?${text}` : bare
}
