import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { languages } from '#kit/words'
import { inRollback } from '#help/database'
import { testHall } from '#help/hall'
import { visit } from '#help/visit'

describe('front: pages', () => {
  it('front.home greets in each language and direction', () =>
    inRollback(async (database) => {
      const hall = await testHall(database)
      for (const language of languages) {
        const { page, status } = await visit(hall, { language }).to('front.home')
        assert.equal(status, 200)
        assert.equal(page.language, language)
        assert.equal(page.direction, language === 'ar' ? 'rtl' : 'ltr')
        assert.equal(page.all('main').length, 1)
        assert.equal(page.all('heading').filter(({ tag }) => tag === 'h1').length, 1)
      }
    }))

  it('the door leads to the language that the browser asks for', () =>
    inRollback(async (database) => {
      const hall = await testHall(database)
      assert.equal((await visit(hall, { language: 'ar' }).open('/')).path, '/ar')
      assert.equal((await visit(hall, { language: 'pt' }).open('/')).path, '/pt')
    }))

  it('what is not there is told on a page that leads on', () =>
    inRollback(async (database) => {
      const visiting = await visit(await testHall(database)).open('/es/nada-de-esto')
      assert.equal(visiting.status, 404)
      assert.ok(visiting.page.all('link').some(({ attributes }) => attributes.href === '/es'))
    }))
})
