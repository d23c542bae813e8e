import { Page, useReader, useWords } from '#kit/view'
import { words } from '../words/index.ts'

export function Home() {
  const reader = useReader()
  const t = useWords(words)
  return <Page title={reader.network} lead={t('home.lead')} />
}
