import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Button, Field, Form, Page, T, Table, renderPage, renderPiece, sampleReader } from '../index.ts'

test('a page is a whole document in the reader’s language and direction', () => {
  const html = renderPage(<Page title="متحف الملح" />, sampleReader('ar'))
  assert.match(html, /^<!doctype html><html lang="ar" dir="rtl">/)
  assert.match(html, /<h1>متحف الملح<\/h1>/)
  assert.doesNotMatch(html, /<[^>]+\sstyle=/, 'no style stands inline')
  assert.doesNotMatch(html, /<script(?![^>]*(?:src=|ld\+json))/, 'no script stands inline')
})

test('the language switch keeps the page and its query', () => {
  const reader = sampleReader('es', {
    path: '/es/network/museum/7?q=sal&page=2',
    route: { name: 'network.museum', params: { id: '7' } },
  })
  const html = renderPage(<Page title="Museo de la Sal" />, reader)
  assert.match(html, /<a href="\/pt\/network\/museum\/7\?q=sal&amp;page=2" hreflang="pt" lang="pt">Português<\/a>/)
  assert.match(html, /<strong aria-current="true">Español<\/strong>/)
})

test('the thread of the room one is in is the current one', () => {
  const reader = sampleReader('en', { route: { name: 'calls.call', params: { id: '1' } } })
  const html = renderPage(<Page title="Training grants" />, reader)
  const current = html.match(/<a [^>]*aria-current="true"[^>]*>.*?<\/a>/g) ?? []
  assert.equal(current.length, 1)
  assert.match(current[0]!, /Calls/)
})

test('pages that are not in this installation are not linked', () => {
  const reader = sampleReader('en', { has: () => false, threads: [], route: null })
  const links = [...renderPage(<Page title="Alone" />, reader).matchAll(/<a [^>]*href="([^"]*)"/g)].map((one) => one[1])
  assert.deepEqual(links, ['#main'])
})

test('data for search engines cannot end its element', () => {
  const html = renderPage(<Page title="x" jsonLd={{ name: '</script><b>' }} />, sampleReader('en'))
  assert.match(html, /<script type="application\/ld\+json">\{"name":"\\u003c\/script>\\u003cb>"\}<\/script>/)
})

test('a form carries token, one-time key and version, keeps what was typed and tells every problem twice', () => {
  const html = renderPiece(
    <Form
      version={7}
      typed={{ name: 'Sal & Luz' }}
      problems={[
        { field: 'name', words: 'kit.problem.required' },
        { field: '', words: 'kit.problem.invalid' },
      ]}
      buttons={<Button>Save</Button>}
    >
      <Field kind="text" name="name" label="Name" value="stored" required />
      <Field kind="text" name="city" label="City" value="stored" />
    </Form>,
    sampleReader('en', { path: '/en/museums/1/edit' }),
  )
  assert.match(html, /<form [^>]*method="post" action="\/en\/museums\/1\/edit"/)
  assert.match(html, /name="_csrf" value="sample-token"/)
  assert.match(html, /name="_key" value="sample-key-1"/)
  assert.match(html, /name="_version" value="7"/)
  assert.match(
    html,
    /id="f-name" name="name" required aria-describedby="f-name-problem" aria-invalid="true" type="text" value="Sal &amp; Luz"/,
  )
  assert.match(html, /id="f-city"[^>]* value(?:=""|\/)/, 'what came back empty stays empty')
  assert.equal(html.match(/href="#f-name"/g)?.length, 1)
  assert.equal(html.match(/id="f-name"/g)?.length, 1)
  assert.match(html, /There are 2 details to correct/)
})

test('a password never travels back', () => {
  const html = renderPiece(
    <Form typed={{ secret: 'hunter2' }}>
      <Field kind="password" name="secret" label="Password" />
    </Form>,
    sampleReader('en'),
  )
  assert.doesNotMatch(html, /hunter2/)
})

test('two forms of a page have keys of their own', () => {
  const html = renderPiece(
    <>
      <Form id="a">x</Form>
      <Form id="b">y</Form>
    </>,
    sampleReader('en'),
  )
  assert.deepEqual(
    [...html.matchAll(/name="_key" value="([^"]+)"/g)].map((one) => one[1]),
    ['sample-key-1', 'sample-key-2'],
  )
})

test('a text in another language says so, with its language and direction', () => {
  const text = { ar: { body: 'متحف الملح' } }
  assert.equal(
    renderPiece(<T of={text} />, sampleReader('en')),
    '<span><span lang="ar" dir="rtl">متحف الملح</span><small class="remark">Only available in Arabic</small></span>',
  )
  assert.equal(renderPiece(<T of={text} quiet />, sampleReader('ar')), '<span><span>متحف الملح</span></span>')
})

test('a table names its rows, sorts by links and labels its cells for cards', () => {
  const html = renderPiece(
    <Table
      caption="Museums"
      responsive
      columns={[
        { id: 'name', head: 'Name', names: true, cell: (row: { name: string; visitors: number }) => row.name },
        {
          id: 'visitors',
          head: 'Visitors',
          figures: true,
          sort: { target: { href: '?sort=visitors' }, now: 'descending' },
          cell: (row) => row.visitors,
        },
      ]}
      rows={[{ name: 'Museum of Salt', visitors: 1204 }]}
      actions={() => <a href="/edit">Edit</a>}
    />,
    sampleReader('en'),
  )
  assert.match(html, /<th scope="row">Museum of Salt<\/th>/)
  assert.match(html, /<th scope="col" class="figures" aria-sort="descending"><a href="\?sort=visitors">Visitors<\/a>/)
  assert.match(html, /<td class="figures" data-label="Visitors">1204<\/td>/)
})
