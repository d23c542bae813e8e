import { fingerprint } from '../keep.ts'
import type { Answers, Definition } from '../definition.ts'
import { visible } from '../visible.ts'
import { QuestionField, type Brought } from './question-field.tsx'
import { SaidWords } from './said.tsx'

type Props = { definition: Definition; section: string; answers: Answers; brought?: Brought }

/**
 * The questions of one section that are asked, as fields: stands inside a `<Form>`, which brings what was typed and its
 * problems. Each carries a mark of the answer it showed, by which `saveAnswers` knows what was touched.
 */
export function SectionFields({ definition, section: key, answers, brought = {} }: Props) {
  const shown = visible(definition, answers).sections.find(({ section }) => section.key === key)
  if (!shown) return null
  return (
    <>
      {shown.section.help ? (
        <p class="lead">
          <SaidWords of={shown.section.help} languages={definition.languages} />
        </p>
      ) : null}
      {shown.questions.map((question) => (
        <>
          <input type="hidden" name={`was.${question.key}`} value={fingerprint(answers[question.key])} />
          <QuestionField definition={definition} question={question} answer={answers[question.key]} brought={brought} />
        </>
      ))}
    </>
  )
}
