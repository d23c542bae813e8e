import { Link, type Target } from '../address.tsx'
import { useWords } from '../reader.ts'
import { words } from '../words/index.ts'

/** One step of the way from the front page to here, this page not included. */
export type Crumb = Target & { name: string }

/** The way to this page; the page itself is not repeated, its title stands right below. */
export function Breadcrumbs({ of }: { of: readonly Crumb[] }) {
  const t = useWords(words)
  if (of.length === 0) return null
  return (
    <nav class="crumbs" aria-label={t('page.crumbs')}>
      <ol>
        {of.map((crumb) => (
          <li>
            <Link target={crumb}>{crumb.name}</Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
