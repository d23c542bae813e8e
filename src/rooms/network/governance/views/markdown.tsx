import { T, type Text } from '#kit/view'

/** A text written in Markdown, in the language it has; one in another language than the reader's says so. */
export function Markdown({ of, level = 3 }: { of: Text | null; level?: number }) {
  if (!of) return null
  const written = Object.entries(of).map(([language, version]) => [
    language,
    version && { ...version, form: 'markdown' },
  ])
  return <T as="div" of={Object.fromEntries(written) as Text} level={level} />
}
