import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import sharp from 'sharp'
import { compareWords, languages } from '#kit/words'
import { documentWords, renderDocument, type DocumentData } from '../index.ts'
import { readPdf } from './read-pdf.ts'

const chart =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20"><rect width="60" height="10" fill="#2b4a7f"/></svg>'
const report: DocumentData = {
  title: 'Informe «á ñ» <2026> & más',
  lead: 'Un *resumen* #set text(red) $x$ \\ // `código`',
  letterhead: { network: 'Red de Museos', owner: 'Oficina técnica', date: '22 de noviembre de 2026' },
  author: 'Oficina técnica',
  facts: [{ label: 'País', value: 'Perú' }],
  pieces: [
    { kind: 'heading', text: 'Resultados' },
    { kind: 'text', text: 'Primer párrafo\ncon dos líneas\n\n#include "/etc/passwd"' },
    {
      kind: 'table',
      caption: 'Museos por país',
      columns: [
        { label: 'País', wide: true },
        { label: 'Museos', number: true },
      ],
      rows: [
        ['Perú', '60'],
        [{ text: 'Brasil', language: 'pt' }, '40'],
      ],
      foot: ['Total', '100'],
    },
    { kind: 'picture', svg: chart, alt: 'Barras: Perú 60', caption: 'Gráfico' },
    { kind: 'heading', level: 2, text: 'Notas' },
    { kind: 'list', items: ['uno', 'dos'] },
    { kind: 'quote', text: { text: 'متحف الفن', language: 'ar' } },
    { kind: 'signatures', people: [{ name: 'Ana Ñahui', role: 'Directora' }, { name: 'Beto' }] },
  ],
}
const arabic: DocumentData = {
  title: 'تقرير المتاحف',
  letterhead: { network: 'شبكة المتاحف' },
  pieces: [
    { kind: 'heading', text: 'النتائج' },
    { kind: 'text', text: 'عدد المتاحف في Lima هو 60.' },
  ],
}
const plain = (text: string) => text.replaceAll(/\s+/g, ' ')

describe('documents', () => {
  it('are tagged PDF/UA with title, language, headings, tables and descriptions', async () => {
    const { pdf, pages } = await renderDocument('report', report, { language: 'es', country: 'PE', made: '2026-11-22' })
    assert.equal(pages, 1)
    const read = readPdf(pdf)
    assert.match(read.metadata, /<pdfuaid:part>1<\/pdfuaid:part>/)
    assert.match(read.metadata, /<dc:title>[\s\S]*Informe «á ñ» &lt;2026&gt; &amp; más/)
    assert.match(read.raw, /\/MarkInfo\s*<<[^>]*\/Marked true/)
    assert.match(read.raw, /\/Lang \(es-PE\)/)
    assert.match(read.raw, /\/DisplayDocTitle true/)
    for (const tag of [
      'Title',
      'H1',
      'H2',
      'P',
      'Table',
      'THead',
      'TH',
      'TD',
      'Caption',
      'Figure',
      'L',
      'LI',
      'BlockQuote',
    ])
      assert.ok(read.tags.includes(tag), tag)
    assert.ok(read.alternatives.includes('Barras: Perú 60'), read.alternatives.join())
    assert.match(read.raw, /\/Lang \(pt/)
  })

  it('have text that can be copied, and read no words as markup', async () => {
    const { pdf } = await renderDocument('report', report, { language: 'es' })
    const text = plain(readPdf(pdf).text)
    for (const said of [
      'Red de Museos',
      'Oficina técnica',
      'Un *resumen* #set text(red) $x$ \\ // `código`',
      'Primer párrafo',
      '#include "/etc/passwd"',
      'Brasil',
      '100',
      'Gráfico',
      'Ana Ñahui',
      'Página 1 de 1',
    ])
      assert.ok(text.includes(said), `${said} in ${text}`)
  })

  it('speak Arabic from right to left', async () => {
    const { pdf } = await renderDocument('report', arabic, { language: 'ar' })
    const read = readPdf(pdf)
    assert.match(read.raw, /\/Lang \(ar/)
    // A run is drawn from left to right; its codes stand for the letters that were written, not for their drawn forms.
    const letters = new Set(read.text)
    for (const letter of 'تقريرالمتاحفالنتائجعدد') assert.ok(letters.has(letter), letter)
    assert.ok(read.text.includes('Lima') && read.text.includes('60'))
    assert.ok(!/[\ufb50-\ufdff\ufe70-\ufeff]/.test(read.text), 'letters, not their drawn forms')
    assert.match(read.metadata, /تقرير المتاحف/)
  })

  it('number their pages and repeat the heads of long tables', async () => {
    const rows = Array.from({ length: 150 }, (_, n) => [`Museo ${n}`, String(n)])
    const { pdf, pages } = await renderDocument(
      'report',
      {
        ...report,
        pieces: [{ kind: 'table', columns: [{ label: 'Nombre del museo' }, { label: 'N', number: true }], rows }],
      },
      { language: 'pt' },
    )
    assert.ok(pages >= 4, String(pages))
    const text = plain(readPdf(pdf).text)
    assert.ok(text.includes(`Página ${pages} de ${pages}`))
    assert.equal(text.split('Nombre del museo').length - 1, pages)
  })

  it('carry pictures by name', async () => {
    const photo = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#a33' } })
      .jpeg()
      .toBuffer()
    const data: DocumentData = {
      ...report,
      pieces: [{ kind: 'picture', picture: 'sala.jpg', alt: 'La sala', width: 50 }],
    }
    const { pdf } = await renderDocument('report', data, { language: 'es', pictures: { 'sala.jpg': photo } })
    assert.match(readPdf(pdf).raw, /\/DCTDecode/)
    await assert.rejects(renderDocument('report', data, { language: 'es' }), /sala\.jpg/)
    await assert.rejects(
      renderDocument(
        'report',
        { ...data, pieces: [{ kind: 'picture', picture: '../render.ts', alt: 'x' }] },
        { language: 'es' },
      ),
    )
  })

  it('prove something on one page', async () => {
    const data: DocumentData = {
      ...arabic,
      title: 'Certificado',
      lead: 'Se certifica que',
      name: 'Ana Ñahui',
      pieces: [{ kind: 'text', text: 'completó el curso' }],
      proof: { text: 'Verifique en', address: 'https://red.example/v/123' },
    }
    for (const language of languages) {
      const { pdf, pages } = await renderDocument('certificate', data, { language })
      assert.equal(pages, 1)
      const read = readPdf(pdf)
      assert.match(read.metadata, /<pdfuaid:part>1/)
      assert.ok(read.text.includes('Ana Ñahui'), language)
      assert.match(read.raw, /\/URI \(https:\/\/red\.example\/v\/123\)/)
    }
  })

  it('take whatever people write', async () => {
    const odd = [
      '汉字 🎉',
      'a\u0000b\u0007',
      '\u202Eabc',
      'Кирилл',
      '\ud800',
      ' ',
      '{1}{2}',
      'ⵣ ߞ',
      'x'.repeat(3000),
      '\u200d\u2066',
      'हिन्दी',
      '\n\n\n',
    ]
    const words = fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'binary', maxLength: 30 }))
    await fc.assert(
      fc.asyncProperty(
        fc.array(words, { minLength: 6, maxLength: 6 }),
        fc.constantFrom(...languages),
        async (said, language) => {
          const [a, b, c, d, e, f] = said as [string, string, string, string, string, string]
          const data: DocumentData = {
            title: `T ${a}`,
            letterhead: { network: b || 'N' },
            pieces: [
              { kind: 'heading', text: `H ${c}` },
              { kind: 'text', text: d },
              { kind: 'list', items: [e] },
              { kind: 'table', columns: [{ label: 'x' }], rows: [[f]] },
            ],
          }
          assert.ok((await renderDocument('report', data, { language })).pages >= 1)
        },
      ),
      { numRuns: 60 },
    )
  })

  for (const language of languages)
    it(`words are whole in ${language}`, () =>
      assert.deepEqual(compareWords(documentWords.texts.es, documentWords.texts[language], language), []))
})
