import { languages } from '#kit/words'
import { type Reader, useReader, useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { Knot, QuipuMark, knotOf } from './knots.tsx'
import { hidden, places } from './places.ts'

/** The head of every page: whose network it is, in which language, who is reading, and the cord. */
export function Header({ room }: { room: string | undefined }) {
  const reader = useReader()
  const t = useWords(words)
  const name = (
    <>
      <QuipuMark />
      <span class="brand-name">{reader.network}</span>
    </>
  )
  return (
    <header class="site">
      {reader.demo ? <p class="demo-line">{t('page.demo')}</p> : null}
      <div class="bar">
        {reader.has(places.home) ? (
          <a class="brand" href={reader.address(places.home)} rel="home">
            {name}
          </a>
        ) : (
          <p class="brand">{name}</p>
        )}
        <div class="bar-end">
          <Languages />
          <Search />
          <Account />
        </div>
      </div>
      <Cord room={room} />
    </header>
  )
}

/** The rooms' threads, hanging from the cord; the thread of the room one is in is tied. */
function Cord({ room }: { room: string | undefined }) {
  const { threads, address, route } = useReader()
  const t = useWords(words)
  if (threads.length === 0) return <div class="cord cord-bare" />
  // A room may hang more than one thread: the page's own is tied, else the one that stands for the whole room.
  const tied =
    threads.find((thread) => thread.route === route?.name) ??
    threads.find((thread) => thread.whole && thread.room === room)
  return (
    <nav class="cord" aria-label={t('page.rooms')}>
      <ul>
        {threads.map((thread) => (
          <li class={`dye-${knotOf(thread)}`}>
            <a href={address(thread.route)} aria-current={thread === tied ? 'true' : undefined}>
              <Knot room={knotOf(thread)} />
              <span>{thread.name}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Languages() {
  const reader = useReader()
  const t = useWords(words)
  return (
    <nav class="languages" aria-label={t('page.languages')}>
      <ul>
        {languages.map((language) => {
          const href = inLanguage(reader, language)
          const own = ownName(language)
          if (language === reader.language || href === null) {
            return (
              <li lang={language}>
                {language === reader.language ? <strong aria-current="true">{own}</strong> : null}
              </li>
            )
          }
          return (
            <li>
              <a href={href} hreflang={language} lang={language}>
                {own}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** The same page in another language, its query kept; the front page where this page has no name; null where there is neither. */
export function inLanguage(reader: Reader, language: Reader['language']): string | null {
  if (reader.route) {
    const query = reader.path.indexOf('?')
    return (
      reader.address(reader.route.name, reader.route.params, language) + (query < 0 ? '' : reader.path.slice(query))
    )
  }
  return reader.has(places.home) ? reader.address(places.home, {}, language) : null
}

function ownName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

function Search() {
  const reader = useReader()
  const t = useWords(words)
  if (!reader.has(places.search)) return null
  const action = reader.address(places.search)
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- `search` as an element is newer than the browser floor */}
      <form class="site-search" action={action} role="search">
        <input type="search" name="q" aria-label={t('page.search-label')} placeholder={t('page.search')} />
        <button type="submit">{t('page.search')}</button>
      </form>
      <a class="site-search-link" href={action}>
        {t('page.search')}
      </a>
    </>
  )
}

function Account() {
  const reader = useReader()
  const t = useWords(words)
  if (!reader.person) {
    if (!reader.has(places.signIn)) return null
    return (
      <p class="account">
        <a href={reader.address(places.signIn)}>{t('page.sign-in')}</a>
      </p>
    )
  }
  return (
    <div class="account">
      {reader.has(places.mine) ? (
        <a href={reader.address(places.mine)}>{reader.person.name}</a>
      ) : (
        <span>{reader.person.name}</span>
      )}
      {reader.has(places.signOut) ? (
        <form method="post" action={reader.address(places.signOut)}>
          <input type="hidden" name={hidden.csrf} value={reader.csrf} />
          <input type="hidden" name={hidden.key} value={reader.key()} />
          <button type="submit" class="as-link">
            {t('page.sign-out')}
          </button>
        </form>
      ) : null}
    </div>
  )
}
