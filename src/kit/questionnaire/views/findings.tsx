import { Callout, useFormats, useReader, useWords } from '#kit/view'
import { isLanguageTag, say } from '#kit/words'
import { questionsOf, saidIn, type Definition } from '../definition.ts'
import type { Finding } from '../preflight.ts'
import { questionnaireWords } from '../words/index.ts'

/** What preflight tells a form's author: what keeps it from being published first, each with the question it is about. */
export function Findings({
  definition,
  findings,
  href,
}: {
  definition: Definition
  findings: readonly Finding[]
  href?: (at: string) => string
}) {
  const { language } = useReader()
  const { languageName } = useFormats()
  const t = useWords(questionnaireWords)
  const errors = findings.filter(({ level }) => level === 'error').length
  const nameOf = (at: string): string => {
    const titled =
      definition.sections.find(({ key }) => key === at)?.title ??
      questionsOf(definition).find(({ key }) => key === at)?.label
    return saidIn(titled, language, definition.languages).words || at
  }
  const sentence = ({ words, values = {} }: Finding): string => {
    const { language: tag, part } = values
    return say(language, words, {
      ...values,
      ...(typeof tag === 'string' && isLanguageTag(tag) && { language: languageName(tag) }),
      ...(typeof part === 'string' && t.has(`part.${part}`) && { part: t(`part.${part}` as 'part.label') }),
    })
  }
  const ordered = [...findings].sort(
    (one, other) => Number(one.level === 'warning') - Number(other.level === 'warning'),
  )
  return (
    <Callout kind={errors > 0 ? 'wrong' : findings.length > 0 ? 'warning' : 'done'} title={t('preflight.title')}>
      <p>{errors > 0 ? t('preflight.errors', { count: errors }) : t('preflight.fine')}</p>
      {ordered.length > 0 ? (
        <ul>
          {ordered.map((finding) => (
            <li>
              {finding.at === '' ? null : (
                <strong>{href ? <a href={href(finding.at)}>{nameOf(finding.at)}</a> : nameOf(finding.at)}: </strong>
              )}
              {sentence(finding)}
            </li>
          ))}
        </ul>
      ) : null}
    </Callout>
  )
}
