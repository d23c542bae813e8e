import type { ComponentChildren } from 'preact'
import { kitWords } from '#kit/words'
import { Button } from '../form/button.tsx'
import { FormContext } from '../form/context.ts'
import { useFormats, useReader, useWords } from '../reader.ts'
import { words } from '../words/index.ts'

/** One value of a facet, how many things have it, and whether it is asked for. */
export type FacetOption = { value: string; label: string; count: number; chosen: boolean }
export type Facet = {
  /** The parameter in the address. */
  name: string
  label: string
  options: readonly FacetOption[]
}

type FilterProps = {
  /** The word search: the parameter, its label, and what was asked. */
  search?: { name: string; label: string; value: string; suggestions?: readonly string[] }
  sort?: { name: string; value: string; options: readonly { value: string; label: string }[] }
  facets?: readonly Facet[]
  /** How many things were found. */
  total?: number
  /** Further fields that belong to the filter: dates, a select. */
  fields?: ComponentChildren
  /** The list, table or map itself. */
  children?: ComponentChildren
}

/**
 * A list that can be narrowed: search and order above, the list, and the facets beside it (below on a phone, where a link
 * leads to them). One plain GET form; what is asked for stands above the list, each with a way to take it back.
 */
export function Filter({ search, sort, facets = [], total, fields, children }: FilterProps) {
  const { path } = useReader()
  const t = useWords(words)
  const kit = useWords(kitWords)
  const { number } = useFormats()
  const shown = facets.filter((facet) => facet.options.length > 0)
  return (
    <FormContext.Provider value={{ id: 'filter', problems: [], typed: undefined, search: true }}>
      <div class="filter">
        <div class="filter-list">
          <form id="filter" method="get" action={path.split('?')[0]} class="filter-bar">
            {search ? (
              <div class="filter-search">
                <label class="label label-small" for="filter-words">
                  {search.label}
                </label>
                <span class="with-unit">
                  <input
                    type="search"
                    id="filter-words"
                    name={search.name}
                    value={search.value}
                    list={search.suggestions ? 'filter-suggestions' : undefined}
                  />{' '}
                  <Button>{kit('action.search')}</Button>
                </span>
                {search.suggestions ? (
                  <datalist id="filter-suggestions">
                    {search.suggestions.map((one) => (
                      <option value={one}>{one}</option>
                    ))}
                  </datalist>
                ) : null}
              </div>
            ) : null}
            {fields ? <div class="filter-fields">{fields}</div> : null}
            {sort ? (
              <div class="filter-sort">
                <label class="label label-small" for="filter-sort">
                  {t('filter.sort')}
                </label>
                <select id="filter-sort" name={sort.name}>
                  {sort.options.map((option) => (
                    <option value={option.value} selected={option.value === sort.value}>
                      {option.label}
                    </option>
                  ))}
                </select>
              </div>
            ) : null}
            {search ? null : <Button kind="second">{kit('action.filter')}</Button>}
          </form>
          <Asked facets={shown} />
          <p class="filter-found">
            {total === undefined ? null : <strong>{kit('count.results', { count: total })}</strong>}
            {shown.length > 0 ? (
              <a class="filter-jump" href="#facets">
                {t('filter.jump')}
              </a>
            ) : null}
          </p>
          {children}
        </div>
        {shown.length > 0 ? (
          <section class="facets" id="facets" aria-label={t('filter.facets')}>
            {shown.map((facet, order) => (
              // The first two stand open, and those in use; without script, too, each opens by itself.
              <details class="facet" open={order < 2 || facet.options.some((option) => option.chosen)}>
                <summary>{facet.label}</summary>
                <fieldset>
                  <legend class="unseen">{facet.label}</legend>
                  {facet.options.map((option, place) => (
                    <div class="choice">
                      <input
                        type="checkbox"
                        form="filter"
                        id={`facet-${facet.name}-${place}`}
                        name={facet.name}
                        value={option.value}
                        checked={option.chosen}
                      />
                      <label for={`facet-${facet.name}-${place}`}>
                        {option.label} <span class="facet-count">{number(option.count)}</span>
                      </label>
                    </div>
                  ))}
                </fieldset>
              </details>
            ))}
            <div class="facets-go">
              <Button kind="second" form="filter">
                {kit('action.filter')}
              </Button>
            </div>
          </section>
        ) : null}
      </div>
    </FormContext.Provider>
  )
}

/** What is asked for now, each with a way to take it back, and all at once. */
function Asked({ facets }: { facets: readonly Facet[] }) {
  const { path } = useReader()
  const t = useWords(words)
  const kit = useWords(kitWords)
  const asked = facets.flatMap((facet) =>
    facet.options.filter((option) => option.chosen).map((option) => ({ facet, option })),
  )
  if (asked.length === 0) return null
  return (
    <ul class="asked" aria-label={t('filter.asked')}>
      {asked.map(({ facet, option }) => (
        <li>
          <a
            href={without(path, facet.name, option.value)}
            aria-label={t('filter.remove', { facet: facet.label, value: option.label })}
          >
            {option.label}
            <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true" focusable="false">
              <path d="M1 1l8 8M9 1l-8 8" />
            </svg>
          </a>
        </li>
      ))}
      <li>
        <a class="asked-all" href={asked.reduce((rest, { facet }) => without(rest, facet.name), path)}>
          {kit('action.clear')}
        </a>
      </li>
    </ul>
  )
}

/** The path without one value of a parameter, or without the parameter; back to the first page. */
export function without(path: string, name: string, value?: string): string {
  const [bare = '', query = ''] = path.split('?')
  const kept = [...new URLSearchParams(query)].filter(
    ([one, held]) => one !== 'page' && !(one === name && (value === undefined || held === value)),
  )
  const text = new URLSearchParams(kept).toString()
  return text ? `${bare}?${text}` : bare
}
