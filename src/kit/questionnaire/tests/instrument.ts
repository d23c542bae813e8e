import type { Definition, Question, Said } from '#kit/questionnaire'

const both = (es: string, pt: string): Said => ({ es, pt })

/** A small yearly return with every kind of question, as a network would publish it. */
export const instrument: Definition = {
  format: 1,
  languages: ['es', 'pt'],
  title: both('Ficha anual', 'Ficha anual'),
  sections: [
    {
      key: 'museum',
      title: both('El museo', 'O museu'),
      questions: [
        { key: 'name', kind: 'short-text', label: both('Nombre', 'Nome'), required: true, maximum: 80 },
        { key: 'open', kind: 'yes-no', label: both('¿Abrió este año?', 'Abriu este ano?'), required: true },
        {
          key: 'why-closed',
          kind: 'long-text',
          label: both('¿Por qué no?', 'Por que não?'),
          required: true,
          maximumWords: 5,
          when: { question: 'open', equals: false },
        },
        { key: 'country', kind: 'country', label: both('País', 'País'), among: ['PE', 'BR'] },
        { key: 'partner', kind: 'institution', label: both('Institución asociada', 'Instituição parceira') },
      ],
    },
    {
      key: 'visits',
      title: both('Visitas', 'Visitas'),
      when: { question: 'open', equals: true },
      questions: [
        {
          key: 'visitors',
          kind: 'table',
          label: both('Visitantes por mes', 'Visitantes por mês'),
          required: true,
          whole: true,
          columns: [
            { key: 'paid', label: both('Con entrada', 'Pagantes') },
            { key: 'free', label: both('Gratis', 'Gratuitos') },
          ],
        },
        {
          key: 'audiences',
          kind: 'choices',
          label: both('Públicos', 'Públicos'),
          choices: [
            { key: 'schools', label: both('Escuelas', 'Escolas') },
            { key: 'elders', label: both('Mayores', 'Idosos') },
            { key: 'none', label: both('Ninguno', 'Nenhum'), exclusive: true },
          ],
          other: true,
          maximum: 2,
        },
        {
          key: 'satisfaction',
          kind: 'scale',
          label: both('Satisfacción', 'Satisfação'),
          from: 1,
          to: 5,
          when: { all: [{ question: 'visitors', atLeast: 1 }, { not: { question: 'audiences', oneOf: ['none'] } }] },
        },
      ],
    },
    {
      key: 'means',
      title: both('Medios', 'Meios'),
      questions: [
        {
          key: 'area',
          kind: 'number',
          label: both('Superficie', 'Área'),
          minimum: 1,
          maximum: 100_000,
          unit: both('m²', 'm²'),
        },
        { key: 'budget', kind: 'money', label: both('Presupuesto', 'Orçamento'), currencies: ['PEN', 'USD'] },
        {
          key: 'founded',
          kind: 'date',
          label: both('Fundación', 'Fundação'),
          earliest: '1500-01-01',
          latest: '2026-12-31',
        },
        {
          key: 'legal',
          kind: 'choice',
          label: both('Titularidad', 'Titularidade'),
          required: true,
          other: true,
          choices: [
            { key: 'public', label: both('Pública', 'Pública') },
            { key: 'private', label: both('Privada', 'Privada') },
          ],
        },
        {
          key: 'plan',
          kind: 'file',
          label: both('Plan', 'Plano'),
          accept: ['.pdf'],
          maximumBytes: 1_000_000,
          when: { question: 'legal', equals: 'public' },
        },
      ],
    },
  ],
}

/** The same with other questions in its only section. */
export function withQuestions(...questions: Question[]): Definition {
  return { ...instrument, sections: [{ key: 'only', title: both('a', 'a'), questions }] }
}

/** Words in the instrument's languages. */
export const label = both('Pregunta', 'Pergunta')
