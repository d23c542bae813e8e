import type { VNode } from 'preact'
import type { Words } from '#kit/words'
import type { Ask } from './ask.ts'

/** What a handler answers: a page with its status, or a response as it stands. */
export type Answer = PageAnswer | Response
export type PageAnswer = {
  page: VNode
  status: number
  /** The instant at which the page stops being true by itself (an opening, a closing, an expiry that it shows). */
  until?: Temporal.Instant | undefined
  headers?: Record<string, string>
}

export type Handler = (ask: Ask) => Promise<Answer> | Answer
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head'

export type Route = {
  /** Full name: room, dot, page: `network.museum`. */
  name: string
  method: Method
  /** `/{museums}/:id`: parts in braces are the room's words `path.…` in each language; parts with a colon are parameters. */
  pattern: string
  handler: Handler
  room: string
  /** Read in another way than as a small form: the handler takes the body as a stream (uploads, imports). */
  streams: boolean
  /** Outside the languages: `/assets/…`, feeds and interfaces for programs. */
  plain: boolean
  /** Called by programs with a token of their own, never by a browser's form: no CSRF token is asked. */
  forPrograms: boolean
}

export type Room = { name: string; words: Words; routes: Route[] }

type Options = Partial<Pick<Route, 'streams' | 'plain' | 'forPrograms'>>
type Unroomed = Omit<Route, 'room'>

const route = (method: Method, name: string, pattern: string, handler: Handler, options: Options = {}): Unroomed => ({
  name,
  method,
  pattern,
  handler,
  streams: false,
  plain: false,
  forPrograms: false,
  ...options,
})

export const get = (name: string, pattern: string, handler: Handler, options?: Options) =>
  route('get', name, pattern, handler, options)
export const post = (name: string, pattern: string, handler: Handler, options?: Options) =>
  route('post', name, pattern, handler, options)
export const put = (name: string, pattern: string, handler: Handler, options?: Options) =>
  route('put', name, pattern, handler, options)
export const patch = (name: string, pattern: string, handler: Handler, options?: Options) =>
  route('patch', name, pattern, handler, options)
export const remove = (name: string, pattern: string, handler: Handler, options?: Options) =>
  route('delete', name, pattern, handler, options)

/** The routes of a room. Names are given without the room's and get it here: `museum` becomes `network.museum`. */
export function room<Es>(name: string, words: Words<Es>, routes: Unroomed[]): Room {
  return {
    name,
    words: words as Words,
    routes: routes.map((one) => ({ ...one, name: `${name}.${one.name}`, room: name })),
  }
}

/** A page, with status 200 unless said otherwise. */
export function page(
  node: VNode,
  options: { status?: number; until?: Temporal.Instant | undefined; headers?: Record<string, string> } = {},
): PageAnswer {
  return {
    page: node,
    status: options.status ?? 200,
    until: options.until,
    ...(options.headers && { headers: options.headers }),
  }
}
