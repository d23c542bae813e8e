import { equal, match, doesNotMatch } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { system, type Grant } from '#kit/access'
import { fillNetwork } from '#demo/governance'
import { inRollback } from '#help/database'
import { testHall, type TestHall } from '#help/hall'
import { visit } from '#help/visit'

const editor: Grant = { id: '00000000-0000-7000-8000-000000000002', role: 'editor', scope: { kind: 'network' } }
const office = { personId: '00000000-0000-7000-8000-0000000000aa', name: 'Renato', grants: [editor] }

const withNetwork = (work: (hall: TestHall) => Promise<void>) =>
  inRollback(async (database) => {
    await fillNetwork(system(database, 'test'))
    await work(await testHall(database))
  })

async function writeNews(hall: TestHall) {
  const writer = visit(hall, { as: office })
  await writer.to('front.write-news')
  await writer.press('Guardar', {
    'Título, en español': 'Abre el registro',
    'Título, en portugués': 'Abre o registro',
    'Texto, en español': 'Desde hoy, *cualquiera* puede buscar un museo. <script>alert(1)</script>',
    'Texto, en portugués': 'A partir de hoje, qualquer pessoa pode procurar um museu.',
  })
  return writer
}

describe('the front', () => {
  test('every public page answers in four languages', () =>
    withNetwork(async (hall) => {
      for (const language of ['es', 'pt', 'en', 'ar'] as const) {
        for (const name of [
          'front.home',
          'front.about',
          'front.accessibility',
          'front.search',
          'front.library',
          'front.news',
        ] as const) {
          equal((await visit(hall, { language }).to(name)).status, 200, `${language} ${name}`)
        }
      }
    }))

  test('news is a draft until it is published in every working language; nobody else sees the draft', () =>
    withNetwork(async (hall) => {
      const writer = await writeNews(hall)
      match(writer.html, /Guardado como borrador/)
      const reader = visit(hall)
      equal((await reader.to('front.news-item', { slug: 'abre-el-registro' })).status, 404)
      await reader.to('front.news')
      doesNotMatch(reader.html, /Abre el registro/)
      await writer.to('front.news-item', { slug: 'abre-el-registro' })
      await writer.press('Publicar')
      match(writer.html, /Publicado\./)
      await reader.to('front.news-item', { slug: 'abre-el-registro' })
      equal(reader.status, 200)
      match(reader.html, /<em>cualquiera<\/em>/)
      doesNotMatch(reader.html, /<script>alert/)
      await reader.to('front.news-feed')
      match(reader.response.headers.get('content-type')!, /atom/)
      match(reader.html, /Abre el registro/)
    }))

  test('what lacks a working language is not published, and says which', () =>
    withNetwork(async (hall) => {
      const writer = visit(hall, { as: office })
      await writer.to('front.write-page')
      await writer.press('Guardar', { 'Título, en español': 'Qué hacemos', 'Texto, en español': 'Esto.' })
      await writer.to('front.page', { slug: 'que-hacemos' })
      await writer.press('Publicar')
      equal(writer.status, 422)
      match(writer.html, /Falta el título o el texto en: portugués/)
    }))

  test('an edit waits until it is published again', () =>
    withNetwork(async (hall) => {
      const writer = await writeNews(hall)
      await writer.to('front.news-item', { slug: 'abre-el-registro' })
      await writer.press('Publicar')
      await writer.follow('Editar la página')
      await writer.press('Guardar el borrador', { 'Título, en español': 'Otro título' })
      const reader = visit(hall)
      await reader.to('front.news-item', { slug: 'abre-el-registro' })
      match(reader.html, /Abre el registro/)
      doesNotMatch(reader.html, /Otro título/)
      await writer.to('front.news-item', { slug: 'abre-el-registro' })
      await writer.press('Publicar')
      await reader.to('front.news-item', { slug: 'abre-el-registro' })
      match(reader.html, /Otro título/)
    }))

  test('one search finds pages without their accents, and says so when nothing is found', () =>
    withNetwork(async (hall) => {
      const writer = await writeNews(hall)
      await writer.to('front.news-item', { slug: 'abre-el-registro' })
      await writer.press('Publicar')
      const reader = visit(hall)
      await reader.to('front.search', {}, 'q=ABRÉ+registro')
      match(reader.html, /Abre el registro/)
      await reader.to('front.search', {}, 'q=zzzz')
      match(reader.html, /Nada responde/)
    }))

  test('the library takes documents from the office and is sought by words', () =>
    withNetwork(async (hall) => {
      const writer = visit(hall, { as: office })
      await writer.to('front.enter-document')
      await writer.press('Añadir el documento', { 'Dirección del documento': 'javascript:alert(1)' })
      equal(writer.status, 422)
      match(writer.html, /javascript:alert/)
      await writer.press('Añadir el documento', {
        'Título, en español': 'Manual de depósitos',
        Clase: 'Manual',
        'Dirección del documento': 'https://museo.example/manual.pdf',
      })
      match(writer.html, /El documento ya está en la biblioteca/)
      const reader = visit(hall)
      await reader.to('front.library', {}, 'q=depositos')
      match(reader.html, /Manual de depósitos/)
    }))

  test('writing is for the office; my tasks are for who has signed in', () =>
    withNetwork(async (hall) => {
      for (const name of ['front.write-news', 'front.write-page', 'front.enter-document', 'front.mine'] as const)
        equal((await visit(hall).to(name)).status, 403)
      equal((await visit(hall, { as: { personId: office.personId } }).to('front.write-news')).status, 403)
      equal((await visit(hall, { as: office }).to('front.mine')).status, 200)
    }))
})
