import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Form, Page, renderPage, renderPiece, sampleReader } from '#kit/view'
import { languages } from '#kit/words'
import {
  AnswersList,
  Findings,
  fingerprint,
  marksOf,
  preflight,
  questionsOf,
  readAnswers,
  Results,
  sampleAnswers,
  SectionFields,
  suppressed,
  tabulate,
  visible,
  type Answers,
} from '#kit/questionnaire'
import { elements, readHtml } from '#help/html'
import { entriesOf } from '#help/page'
import { instrument, withQuestions } from './instrument.ts'

const countries = { countries: ['PE', 'BR'] }
const answers: Answers = {
  ...sampleAnswers(instrument),
  name: 'Sala <Uno>',
  audiences: { chosen: ['schools', 'other'], other: 'Turistas' },
  area: { typed: '2.500' },
  budget: { amount: '1500.50', currency: 'USD' },
}

/** What a browser would send of a form, as it stands. */
function sent(html: string): Record<string, string[]> {
  const form = [...elements(readHtml(html))].find(
    ({ tag, attributes }) => tag === 'form' && attributes['method'] === 'post',
  )!
  return Object.fromEntries(
    [...Map.groupBy(entriesOf(form), ([name]) => name)].map(([name, entries]) => [
      name,
      entries.map(([, value]) => value),
    ]),
  )
}

test('a section drawn with its answers and sent untouched changes nothing', () => {
  for (const { section, questions } of visible(instrument, answers).sections) {
    const html = renderPage(
      <Page title="x">
        <Form>
          <SectionFields definition={instrument} section={section.key} answers={answers} brought={countries} />
        </Form>
      </Page>,
      sampleReader('es', { path: '/es/x' }),
    )
    const fields = sent(html)
    const asked = questions.filter(({ kind }) => kind !== 'file' && kind !== 'institution')
    const read = readAnswers(asked, fields)
    for (const { key } of asked) assert.deepEqual(read[key], answers[key], key)
    const marks = marksOf(Object.fromEntries(Object.entries(fields).map(([name, [value]]) => [name, value])))
    for (const { key } of questions) assert.equal(marks[key], fingerprint(answers[key]), key)
  }
})

test('what was typed and could not be read is there again, with its problem', () => {
  const problems = [{ field: 'q.visitors.03.paid', words: 'questionnaire.problem.whole' }]
  const typed = { visitors: { typed: { '03.paid': 'unos 200' } } }
  const html = renderPiece(
    <Form problems={problems}>
      <SectionFields definition={instrument} section="visits" answers={{ ...answers, ...typed }} />
    </Form>,
    sampleReader('es'),
  )
  assert.match(html, /value="unos 200"/u)
  assert.match(html, /marzo, Con entrada/u)
  assert.equal(html.match(/Escriba solo cifras, sin punto ni coma/gu)?.length, 2, 'in the summary and at the cell')
  assert.match(html, /href="#f-q-visitors-03-paid"/u)
  assert.match(html, /id="f-q-visitors-03-paid"/u)
})

test('a question in another language than the page says which', () => {
  const html = renderPiece(
    <Form>
      <SectionFields definition={instrument} section="museum" answers={{}} brought={countries} />
    </Form>,
    sampleReader('ar'),
  )
  assert.match(html, /<div lang="es" dir="ltr">/u)
})

test('a response reads through in every language, each answer beside its question', () => {
  for (const language of languages) {
    const html = renderPiece(<AnswersList definition={instrument} answers={answers} />, sampleReader(language))
    assert.ok(html.includes('Sala &lt;Uno>') || html.includes('Sala &lt;Uno&gt;'))
    assert.ok(html.includes('2.500'), 'what could not be read is shown')
    assert.ok(html.includes('Turistas'))
    assert.doesNotMatch(html, /\{[a-z]+\}|undefined|\[object/u)
  }
  const spanish = renderPiece(<AnswersList definition={instrument} answers={{ open: false }} />, sampleReader('es'))
  assert.match(spanish, /¿Por qué no\?/u)
  assert.doesNotMatch(spanish, /Visitantes por mes/u, 'what was not asked is not shown')
})

test('findings and results are said in every language', () => {
  const flawed = withQuestions({ key: 'c', kind: 'choice', label: { es: 'Elija' }, choices: [] })
  const findings = preflight(flawed)
  const responses = Array.from({ length: 6 }, () => answers)
  for (const language of languages) {
    const reader = sampleReader(language)
    const told = renderPiece(<Findings definition={flawed} findings={findings} href={(at) => `#${at}`} />, reader)
    assert.equal(told.match(/<li>/gu)?.length, findings.length)
    assert.doesNotMatch(told, /questionnaire\.|\{[a-z]+\}/u)
    const tabulated = tabulate(instrument, responses)
    const results = renderPiece(
      <Results definition={instrument} tabulated={suppressed(tabulated, 5)} smallest={5} />,
      reader,
    )
    assert.equal(results.match(/<h3>/gu)?.length, questionsOf(instrument).length)
    assert.doesNotMatch(results, /questionnaire\.|\{[a-z]+\}|undefined|NaN/u)
  }
  const none = renderPiece(
    <Results definition={instrument} tabulated={suppressed(tabulate(instrument, [answers]), 5)} smallest={5} />,
    sampleReader('es'),
  )
  assert.match(none, /Oculto/u)
})
