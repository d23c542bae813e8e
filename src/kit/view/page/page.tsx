import type { ComponentChildren } from 'preact'
import { languages } from '#kit/words'
import { useReader, useWords } from '../reader.ts'
import { type Text, plainText } from '../text/pick.ts'
import { T } from '../text/text.tsx'
import { words } from '../words/index.ts'
import { Breadcrumbs, type Crumb } from './breadcrumbs.tsx'
import { Footer } from './footer.tsx'
import { Header, inLanguage } from './header.tsx'

/** A feed of what this page shows, for readers and calendars. */
export type Feed = { href: string; title: string; kind: 'atom' | 'calendar' }

export type PageProps = {
  /** Names the thing first: "Museo de la Sal", not "Museum detail". */
  title: string | Text
  lead?: ComponentChildren
  crumbs?: readonly Crumb[]
  /** The page's main action: one button or link. */
  primary?: ComponentChildren
  aside?: ComponentChildren
  /** The room this page belongs to: its thread is tied and its dye colours the page. Taken from the route's name unless told. */
  room?: string
  /** One sentence for search engines and previews. */
  description?: string
  /** schema.org data, as a value; it is written where no script runs. */
  jsonLd?: object
  feeds?: readonly Feed[]
  robots?: 'noindex' | 'noindex, nofollow'
  /** For work pages with wide tables: the whole width, no reading column. */
  wide?: boolean
  /** A picture for previews: a full address. */
  preview?: string
  /** Without script, the page is drawn again after so many seconds: for long work under way. */
  refresh?: number | undefined
  children?: ComponentChildren
}

/** A whole page, from `<html>` on: head, cord, title, main, aside, foot. No style or script stands inline. */
export function Page(props: PageProps) {
  const reader = useReader()
  const t = useWords(words)
  const room = props.room ?? reader.route?.name.split('.')[0]
  const dye = room ? ` dye-${room}` : ''
  return (
    <html lang={reader.language} dir={reader.dir}>
      <Head {...props} />
      <body class={`in${dye}`}>
        <a class="skip" href="#main">
          {t('page.skip')}
        </a>
        <Header room={room} />
        <div class="page">
          <Breadcrumbs of={props.crumbs ?? []} />
          <main id="main" tabIndex={-1} class={props.wide ? 'wide' : undefined}>
            <Notices />
            <div class="page-head">
              <h1>{typeof props.title === 'string' ? props.title : <T of={props.title} />}</h1>
              {props.lead ? <div class="lead">{props.lead}</div> : null}
              {props.primary ? <div class="primary">{props.primary}</div> : null}
            </div>
            {props.aside ? (
              <div class="with-aside">
                <div class="with-aside-main">{props.children}</div>
                <aside class="aside">{props.aside}</aside>
              </div>
            ) : (
              <div class="page-body">{props.children}</div>
            )}
          </main>
        </div>
        <Footer />
      </body>
    </html>
  )
}

function Notices() {
  const { notices } = useReader()
  if (notices.length === 0) return null
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- `output` may not hold paragraphs
    <div class="notices" role="status">
      {notices.map((notice) => (
        <p class={`notice notice-${notice.kind}`}>{notice.text}</p>
      ))}
    </div>
  )
}

const feedTypes = { atom: 'application/atom+xml', calendar: 'text/calendar' } as const

function Head(props: PageProps) {
  const reader = useReader()
  const title = plainText(props.title, reader.language)
  return (
    <head>
      <meta charset="utf-8" />
      <title>{title === reader.network ? title : `${title} · ${reader.network}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#fbfaf7" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#191714" media="(prefers-color-scheme: dark)" />
      {props.description ? <meta name="description" content={props.description} /> : null}
      {props.robots ? <meta name="robots" content={props.robots} /> : null}
      {reader.dir === 'rtl' ? (
        <link
          rel="preload"
          as="font"
          type="font/woff2"
          href={reader.assets('naskh-400.woff2')}
          crossorigin="anonymous"
        />
      ) : (
        <link
          rel="preload"
          as="font"
          type="font/woff2"
          href={reader.assets('text-400.woff2')}
          crossorigin="anonymous"
        />
      )}
      <link rel="stylesheet" href={reader.assets('quipu.css')} />
      <link rel="icon" type="image/svg+xml" href={reader.assets('favicon.svg')} />
      {reader.route
        ? languages.map((language) => (
            <link rel="alternate" hreflang={language} href={inLanguage(reader, language) ?? undefined} />
          ))
        : null}
      {props.feeds?.map((feed) => (
        <link rel="alternate" type={feedTypes[feed.kind]} href={feed.href} title={feed.title} />
      ))}
      <meta property="og:title" content={title} />
      {props.description ? <meta property="og:description" content={props.description} /> : null}
      {props.preview ? <meta property="og:image" content={props.preview} /> : null}
      {props.refresh ? (
        <noscript>
          <meta http-equiv="refresh" content={String(props.refresh)} />
        </noscript>
      ) : null}
      {props.jsonLd ? (
        // A data block: browsers do not run it, so the content policy lets it stand. `<` is written as an escape, so that no text in it can end the element.
        <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: asData(props.jsonLd) }} />
      ) : null}
      <script type="module" src={reader.assets('islands.js')} />
    </head>
  )
}

/** JSON that may stand inside a `script` element. */
export function asData(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
