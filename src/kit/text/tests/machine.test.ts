import assert from 'node:assert/strict'
import { test } from 'node:test'
import { httpTranslator } from '#kit/text'

type Asked = { url: string; body: unknown }

function service(answer: unknown, status = 200) {
  const asked: Asked[] = []
  const translator = httpTranslator({
    url: 'https://translate.example/api',
    key: 'secret',
    fetch: async (url, init) => {
      asked.push({ url: String(url), body: JSON.parse(String(init?.body)) })
      return Response.json(answer, { status })
    },
  })
  return { asked, translator }
}

test('a service that speaks as LibreTranslate does is asked once for all texts', async () => {
  const { asked, translator } = service({ translatedText: ['um', 'dois'] })
  assert.deepEqual(await translator.translate({ texts: ['uno', 'dos'], source: 'es', target: 'pt' }), ['um', 'dois'])
  assert.deepEqual(asked, [
    {
      url: 'https://translate.example/api/translate',
      body: { q: ['uno', 'dos'], source: 'es', target: 'pt', format: 'text', api_key: 'secret' },
    },
  ])
  assert.equal(translator.name, 'translate.example')
})

test('an answer that is not one translation a text is refused', async () => {
  const answers: [unknown, number][] = [
    [{ translatedText: ['um'] }, 200],
    [{ translatedText: 'um dois' }, 200],
    [{}, 200],
    [{ error: 'slow down' }, 429],
  ]
  for (const [answer, status] of answers) {
    await assert.rejects(
      service(answer, status).translator.translate({ texts: ['uno', 'dos'], source: 'es', target: 'pt' }),
    )
  }
})
