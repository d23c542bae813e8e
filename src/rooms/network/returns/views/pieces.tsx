import { Badge, T, useReader, useWords, plainText, type Tone } from '#kit/view'
import type { InstrumentRow, OwnReturn } from '../queries.ts'
import { words } from '../words/index.ts'

const tones: Record<string, Tone> = {
  draft: 'plain',
  open: 'going',
  closed: 'over',
  published: 'done',
  sent: 'going',
  returned: 'wanting',
  checked: 'done',
}

/** How far an instrument or a return is. */
export function State({ of, state }: { of: 'instrument' | 'return'; state: string }) {
  const t = useWords(words)
  return <Badge tone={tones[state] ?? 'plain'}>{t(`state.${of}.${state}` as 'state.return.sent')}</Badge>
}

/** An instrument's name with its year. */
export function InstrumentName({ of }: { of: Pick<InstrumentRow, 'title' | 'year'> }) {
  return (
    <>
      <T of={of.title} quiet /> {of.year}
    </>
  )
}

/** The same as plain text, for titles and crumbs. */
export function useInstrumentName(): (of: Pick<InstrumentRow, 'title' | 'year'>) => string {
  const { language } = useReader()
  return ({ title, year }) => `${plainText(title, language)} ${year}`
}

/** What a museum does next with an instrument that asks it. */
export const nextOf = (own: OwnReturn): 'begin' | 'go-on' | 'see' | null => {
  if (own.returnId === null) return own.takesAnswers ? 'begin' : null
  return own.state === 'draft' || own.state === 'returned' ? 'go-on' : 'see'
}
