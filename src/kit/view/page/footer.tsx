import { useReader, useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { places } from './places.ts'

/** The foot of every page: about, accessibility and privacy, where this installation has them. */
export function Footer() {
  const reader = useReader()
  const t = useWords(words)
  const links = (['about', 'accessibility', 'privacy'] as const).filter((place) => reader.has(places[place]))
  return (
    <footer class="foot">
      <div class="foot-in">
        <p class="foot-name">{reader.network}</p>
        {links.length > 0 ? (
          <nav aria-label={t('page.foot')}>
            <ul>
              {links.map((place) => (
                <li>
                  <a href={reader.address(places[place])}>{t(`page.${place}`)}</a>
                </li>
              ))}
            </ul>
          </nav>
        ) : null}
        <p class="foot-made">{t('page.made-with')}</p>
      </div>
    </footer>
  )
}
