/** How many pages of accessible PDF a second the jobs' process sets, against bare text on as many pages by the same engine without tags. */
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { renderDocument, type DocumentData } from '#kit/documents'
import type { Language } from '#kit/words'
import { percentile, timesOf } from './measure.ts'
import type { Ground } from './run.ts'

const sentence: Record<Language, string> = {
  es: 'El museo recibió visitas de tres comunidades y abrió de nuevo su sala de textiles. ',
  pt: 'O museu recebeu visitas de três comunidades e reabriu sua sala de tecidos. ',
  en: 'The museum received visits from three communities and reopened its room of textiles. ',
  ar: 'استقبل المتحف زوارًا من ثلاث جماعات وأعاد افتتاح قاعة المنسوجات. ',
}

function report(language: Language, n: number): DocumentData {
  const rows = Array.from({ length: 20 }, (_, at) => [`Museo ${at}`, String(at * n)])
  return {
    title: `Informe ${n}`,
    letterhead: { network: 'Red de museos', date: '2026' },
    pieces: [
      { kind: 'heading', text: sentence[language].slice(0, 40) },
      { kind: 'text', text: sentence[language].repeat(12) },
      {
        kind: 'table',
        caption: 'Visitas',
        columns: [
          { label: 'Museo', wide: true },
          { label: 'Visitas', number: true },
        ],
        rows,
      },
      { kind: 'text', text: sentence[language].repeat(20) },
    ],
  }
}

export async function bench({ tell }: Ground): Promise<void> {
  const count = 60
  for (const language of ['es', 'ar'] as const) {
    await renderDocument('report', report(language, 0), { language })
    let pages = 0
    const times = await timesOf(
      Array.from({ length: count }, (_, n) => n + 1),
      async (n) => (pages += (await renderDocument('report', report(language, n), { language })).pages),
    )
    const whole = times.reduce((sum, time) => sum + time, 0)
    const limit = await bare(sentence[language].repeat(60), count)
    tell({
      name: `PDF/UA pages set, ${language}`,
      value: (pages / whole) * 1000,
      unit: 'pages/s',
      limit,
      target: limit * 0.4,
      better: 'more',
    })
    tell({
      name: `a report of two pages, ${language}, p95`,
      value: percentile(times, 0.95),
      unit: 'ms',

      better: 'less',
    })
  }
}

/** Pages a second of plain text, each document different, without fonts, tags or tables of ours. */
async function bare(text: string, count: number): Promise<number> {
  const typst = NodeCompiler.create()
  let pages = 0
  const began = performance.now()
  for (let n = 0; n < count; n += 1) {
    const { result } = typst.compile({
      mainFileContent: `#set text(size: ${10 + n / 1000}pt)\n#(sys.inputs.text)`,
      inputs: { text: `${n} ${text}` },
    })
    typst.pdf(result!, { pdfTags: false })
    pages += result!.numOfPages
    typst.evictCache(5)
  }
  return (pages / (performance.now() - began)) * 1000
}
