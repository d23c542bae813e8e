import { equal, match } from 'node:assert/strict'
import { test } from 'node:test'
import { system, type Grant } from '#kit/access'
import { record } from '#kit/record'
import { newText } from '#kit/text'
import { languages } from '#kit/words'
import { inRollback } from '#help/database'
import { testHall } from '#help/hall'
import { visit } from '#help/visit'

const person = (last: string, role: Grant['role']) => ({
  personId: `00000000-0000-7000-8000-0000000000${last}`,
  name: 'Inés',
  grants: [{ id: `00000000-0000-7000-8000-0000000001${last}`, role, scope: { kind: 'network' } }] satisfies Grant[],
})

test('a text is written beside its original, sent, returned with a note, approved and published', () =>
  inRollback(async (database) => {
    const house = system(database, 'test')
    const id = await record(house, 'page.written', {}, (db) =>
      newText(house, db, {
        owner: { kind: 'network' },
        room: 'front',
        purpose: 'page.title',
        form: 'line',
        source: 'es',
        bodies: { es: 'La red' },
        publish: true,
      }),
    )
    const hall = await testHall(database)
    equal((await visit(hall).to('desk.overview')).status, 403)
    for (const language of languages)
      equal((await visit(hall, { as: { ...person('aa', 'translator'), language } }).to('desk.overview')).status, 200)
    const translator = visit(hall, { as: person('aa', 'translator') })
    await translator.to('desk.list', { language: 'pt' })
    await translator.follow('La red')
    await translator.press('Enviar a revisión', {})
    equal(translator.status, 422)
    await translator.press('Enviar a revisión', { 'Traducción, en portugués': 'A rede' })
    match(translator.page.text, /Enviada a revisión\./)
    const reviewer = visit(hall, { as: person('bb', 'language-reviewer') })
    await reviewer.to('desk.text', { language: 'pt', id })
    await reviewer.press('Devolver')
    equal(reviewer.status, 422)
    await reviewer.press('Devolver', { 'Qué hay que cambiar (opcional)': 'Falta una palabra' })
    match(reviewer.page.text, /Falta una palabra/)
    await translator.to('desk.text', { language: 'pt', id })
    await translator.press('Enviar a revisión', { 'Traducción, en portugués': 'A rede toda' })
    await reviewer.to('desk.text', { language: 'pt', id })
    await reviewer.press('Aprobar y publicar')
    match(reviewer.page.text, /Aprobada y publicada\./)
    await translator.to('desk.export', { language: 'en' }, 'source=es')
    match(translator.html, /La red/)
    const file = new File([translator.html.replace('</source>', '</source><target>The network</target>')], 'a.xlf')
    await translator.to('desk.list', { language: 'en' })
    await translator.press('Enviar las traducciones', { 'Archivo XLIFF traducido': file })
    match(translator.page.text, /Se aplicó 1 traducción/)
  }))
