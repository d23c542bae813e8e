import type { ComponentChildren } from 'preact'
import { Page, T, useWords, type Text } from '#kit/view'
import { words } from '../words/index.ts'

/** What the tests check of every page, in the order in which the statement tells it. Each has its test in `tests/browser` or `tests/house`. */
export const checks = ['axe', 'script', 'keyboard', 'narrow', 'weight', 'contrast', 'floor', 'mirror'] as const

/** The accessibility statement: the aim, what is checked at every change, what is still missing, whom to tell. */
export function Accessibility() {
  const t = useWords(words)
  return (
    <Page title={t('accessibility.title')} lead={t('accessibility.lead')}>
      <p>{t('accessibility.standard')}</p>
      <h2>{t('accessibility.checks')}</h2>
      <ul>
        {checks.map((check) => (
          <li>{t(`accessibility.check.${check}`)}</li>
        ))}
      </ul>
      <h2>{t('accessibility.limits')}</h2>
      <p>{t('accessibility.limits-text')}</p>
      <p>{t('accessibility.tell')}</p>
    </Page>
  )
}

/** What the network says of itself. */
export function About({ about, pages }: { about: Text | null; pages: ComponentChildren }) {
  const t = useWords(words)
  return (
    <Page title={t('about.title')}>
      {about ? <T of={about} as="div" /> : <p>{t('about.empty')}</p>}
      {pages}
      <p class="quiet">{t('about.quipu')}</p>
    </Page>
  )
}
