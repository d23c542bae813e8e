import type { ComponentChildren } from 'preact'
import type { Language } from '#kit/words'
import { useReader } from './reader.ts'

/**
 * The address book. Each room adds its pages and their parameters:
 * `declare module '#kit/view' { interface Addresses { 'network.museum': { id: string } } }`
 */
// oxlint-disable-next-line typescript/no-empty-object-type, typescript/no-empty-interface -- it is empty until rooms fill it
export interface Addresses {}

/** The name of a page that some room has declared. */
export type PageName = keyof Addresses & string

/** A page and what it needs, as one value: for crumbs, pagers and the like. */
export type To = {
  [Name in PageName]: keyof Addresses[Name] extends never
    ? { to: Name; with?: Record<string, never>; query?: Query; hash?: string }
    : { to: Name; with: Addresses[Name]; query?: Query; hash?: string }
}[PageName]

/** Where something leads: a named page, or an address as it stands. */
export type Target = To | { href: string }

export type Query = Record<string, string | number | readonly string[] | null | undefined>

/** Returns a function that turns a target into an address. */
export function useAddress(): (target: Target, language?: Language) => string {
  const reader = useReader()
  return (target, language) => {
    if ('href' in target) return target.href
    // With an empty address book `To` is never; the cast keeps this file whole before any room is there.
    const { to, with: params, query, hash } = target as unknown as LooseTo
    return withQuery(reader.address(to, params, language), query) + (hash ? `#${hash}` : '')
  }
}

type LooseTo = { to: string; with?: Record<string, string>; query?: Query; hash?: string }

/** Adds a query to a path; nothing, empty text and empty lists leave no trace. */
export function withQuery(path: string, query: Query | undefined): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one))
    }
  }
  const text = search.toString()
  if (!text) return path
  return path + (path.includes('?') ? '&' : '?') + text
}

type LinkAttributes = {
  class?: string
  rel?: string
  lang?: string
  hreflang?: string
  'aria-current'?: 'page' | 'true' | 'step'
  'aria-label'?: string
  'aria-describedby'?: string
  children: ComponentChildren
}

/** A link to a named page, its name and parameters checked by types. */
export function A(props: To & LinkAttributes) {
  const { to, with: params, query, hash, children, ...rest } = props as unknown as LooseTo & LinkAttributes
  const address = useAddress()
  return (
    <a {...rest} href={address({ to, with: params, query, hash } as unknown as To)}>
      {children}
    </a>
  )
}

/** A link to a target that may be a page or a plain address: for lists such as crumbs, where either may come. */
export function Link({ target, children, ...rest }: { target: Target } & LinkAttributes) {
  const address = useAddress()
  return (
    <a {...rest} href={address(target)}>
      {children}
    </a>
  )
}
