import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareWords, languages } from '#kit/words'
import {
  Chart,
  Deadline,
  Field,
  Filter,
  Form,
  GalleryPage,
  History,
  Map as Atlas,
  Pager,
  Picture,
  T,
  Timeline,
  VersionDiff,
  atlas,
  renderPage,
  renderPiece,
  sampleReader,
  viewWords,
  without,
  withParameter,
} from '../index.ts'
import { shownPages } from '../data/pager.tsx'
import { galleryWords } from '../gallery/words/index.ts'

const english = sampleReader('en')

/** How many boxes of a form are ticked. */
const boxes = (typed: Record<string, string | string[]> | undefined) =>
  renderPiece(
    <Form typed={typed}>
      <Field kind="checkbox" name="agree" label="Agree" checked />
      <Field
        kind="checkboxes"
        name="kinds"
        label="Kinds"
        value={['a']}
        options={[
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B' },
        ]}
      />
    </Form>,
    english,
  ).match(/checked/g)?.length ?? 0

test('the words of the design system and of its gallery are whole in four languages', () => {
  for (const words of [viewWords, galleryWords]) {
    for (const language of languages) {
      const faults = compareWords(words.texts.es, words.texts[language], language).filter(
        // Names of people, places and licences are the same in every language.
        ({ key }) => !/^(?:form\.rights|picture\.credit|dye\.)/.test(key),
      )
      assert.deepEqual(faults, [], `${words.room} ${language}`)
    }
  }
})

test('the gallery shows every piece in four languages, without an id twice and without inline style or script', () => {
  for (const language of languages) {
    const html = renderPage(<GalleryPage />, sampleReader(language))
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((one) => one[1]!)
    assert.ok(ids.length > 120, `${ids.length} ids`)
    assert.deepEqual(
      ids.filter((id, place) => ids.indexOf(id) !== place),
      [],
      language,
    )
    const known = new Set(ids)
    for (const [, names] of html.matchAll(/\s(?:aria-labelledby|aria-describedby|for|list|form)="([^"]+)"/g)) {
      for (const name of names!.split(' ')) assert.ok(known.has(name), `${language}: nothing has the id ${name}`)
    }
    for (const [, name] of html.matchAll(/href="#([^"]+)"/g))
      assert.ok(known.has(name!), `${language}: #${name} leads nowhere`)
    assert.doesNotMatch(html, /<[^>]+\s(?:style|on\w+)=/)
    assert.doesNotMatch(html, /undefined|\[object|NaN|Infinity/)
  }
})

test('a pager shows the ends, this page and its neighbours, and leaves out no single page', () => {
  assert.deepEqual(shownPages(1, 1), [1])
  assert.deepEqual(shownPages(4, 7), [1, 2, 3, 4, 5, 6, 7])
  assert.deepEqual(shownPages(1, 28), [1, 2, null, 28])
  assert.deepEqual(shownPages(14, 28), [1, null, 13, 14, 15, null, 28])
  const html = renderPiece(<Pager page={2} pages={3} />, sampleReader('en', { path: '/en/museums?q=sal&page=2' }))
  assert.match(html, /rel="prev" href="\/en\/museums\?q=sal"/)
  assert.match(html, /rel="next" href="\/en\/museums\?q=sal&amp;page=3"/)
  assert.equal(renderPiece(<Pager page={1} pages={1} />, english), '')
})

test('a filter can be taken back one by one and goes back to the first page', () => {
  assert.equal(
    without('/en/museums?country=PE&country=BR&q=sal&page=3', 'country', 'PE'),
    '/en/museums?country=BR&q=sal',
  )
  assert.equal(without('/en/museums?country=PE', 'country'), '/en/museums')
  assert.equal(withParameter('/en/museums?page=2', 'page', null), '/en/museums')
  const html = renderPiece(
    <Filter
      search={{ name: 'q', label: 'Name', value: 'sal' }}
      facets={[
        { name: 'country', label: 'Country', options: [{ value: 'PE', label: 'Peru', count: 3, chosen: true }] },
      ]}
      total={3}
    />,
    sampleReader('en', { path: '/en/museums?q=sal&country=PE' }),
  )
  assert.match(html, /<a href="\/en\/museums\?q=sal" aria-label="Remove the filter Country: Peru">/)
  assert.match(html, /<form id="filter" method="get" action="\/en\/museums"/)
})

test('a deadline is told in the reader’s zone, in its own when the clocks differ, and with the time left', () => {
  const at = Temporal.Instant.from('2026-11-27T02:59:00Z')
  const away = renderPiece(<Deadline at={at} zone="America/Sao_Paulo" />, english)
  assert.match(away, /26 November 2026.*21:59 \(Peru/)
  assert.match(away, /deadline-there">.*23:59 \(Bras/)
  assert.match(away, /<time-left until="2026-11-27T02:59:00Z">4 days/)
  // Bogotá's clock is Lima's: said once.
  assert.doesNotMatch(renderPiece(<Deadline at={at} zone="America/Bogota" />, english), /deadline-there/)
  assert.doesNotMatch(renderPiece(<Deadline at="2026-11-01T00:00:00Z" zone="America/Lima" />, english), /time-left/)
})

test('what was typed wrongly as a date comes back in a field that keeps it', () => {
  const html = renderPiece(
    <Form typed={{ start: '31/02/2026', end: '2026-02-28' }}>
      <Field kind="date" name="start" label="Start" />
      <Field kind="date" name="end" label="End" />
    </Form>,
    english,
  )
  assert.match(html, /name="start"[^>]*type="text"[^>]*value="31\/02\/2026"/)
  assert.match(html, /name="end"[^>]*type="date"[^>]*value="2026-02-28"/)
})

test('a form that came back without a box means that it was cleared', () => {
  assert.equal(boxes(undefined), 2)
  assert.equal(boxes({}), 0)
  assert.equal(boxes({ kinds: ['a', 'b'], agree: 'yes' }), 3)
})

test('a problem of a part of a field is told at the field and linked from the summary', () => {
  const html = renderPiece(
    <Form
      problems={[
        { field: 'budget', words: 'kit.problem.amount' },
        { field: 'title.pt', words: 'kit.problem.required' },
        { field: 'gone', words: 'kit.problem.required' },
      ]}
    >
      <Field kind="money" name="budget" label="Budget" currencies={['PEN', 'USD']} />
      <Field kind="text-set" name="title" label="Title" languages={['en', 'pt']} required />
    </Form>,
    english,
  )
  assert.match(html, /<a href="#f-budget">Budget: /)
  assert.match(html, /id="f-budget"/)
  assert.match(html, /<a href="#f-title-pt">Title, in Portuguese: This is missing<\/a>/)
  assert.match(html, /<details class="one-language" open><summary><span class="language-name">Portuguese/)
  assert.match(html, /<li>This is missing<\/li>/, 'a field that is not shown is told without a link')
})

const names = (part: string) => [...part.matchAll(/<textarea[^>]* name="title\.(\w+)"/g)].map((one) => one[1])

test('a text in many languages shows those that matter and folds the rest', () => {
  const html = renderPiece(
    <Form
      typed={{ 'title.qu': 'Kachi wasi' }}
      problems={[{ field: 'title.gn', words: 'kit.problem.too-long', values: { count: 9 } }]}
    >
      <Field
        kind="text-set"
        name="title"
        label="Title"
        languages={['es', 'pt', 'en', 'ar', 'qu', 'gn', 'fr', 'it', 'de']}
        working={['es', 'pt']}
      />
    </Form>,
    english,
  )
  const [near = '', far = ''] = html.split('more-languages')
  assert.deepEqual(names(near), ['en', 'es', 'pt', 'qu', 'gn'])
  assert.deepEqual(names(far), ['ar', 'fr', 'it', 'de'])
  assert.match(far, /4 more languages/)
})

test('history tells who, what, when and what changed, and that the law had something erased', () => {
  const html = renderPiece(
    <History
      of={[
        {
          at: '2026-11-20 15:04:00+00',
          who: 'Rosa Quispe',
          sentence: 'corrected the record',
          changes: [
            { field: 'City', before: 'Cuzco', after: 'Cusco' },
            { field: 'Phone', before: '1', after: null },
          ],
        },
        { at: '2026-11-19 15:04:00+00', who: null, sentence: 'imported it', erased: 'right to erasure' },
      ]}
    />,
    english,
  )
  assert.match(html, /<strong>Rosa Quispe<\/strong> corrected the record/)
  assert.match(html, /2 details changed/)
  assert.match(
    html,
    /<del><span class="unseen">Before: <\/span>Cuzco<\/del> <ins><span class="unseen">Now: <\/span>Cusco<\/ins>/,
  )
  assert.match(html, /left empty/)
  assert.match(html, /<strong>The system<\/strong> imported it/)
  assert.match(html, /erased by law \(right to erasure\)/)
})

test('two versions of a text are compared by words, and the change is announced', () => {
  const html = renderPiece(<VersionDiff before="Once a month." after="Once a week." />, english)
  assert.match(html, /Once a <del><span class="unseen" lang="en">\[removed\] <\/span>month<\/del><ins>.*week<\/ins>\./)
  assert.match(renderPiece(<VersionDiff before="Same" after="Same" />, english), /Both versions say the same/)
})

test('a chart has a title, a description and its table, and is mirrored from right to left', () => {
  const chart = (
    <Chart
      kind="bars"
      id="c"
      title="Museums"
      description="Peru leads."
      labelName="Country"
      labels={['Peru', 'Chile']}
      series={[{ name: 'Museums', values: [84, 42] }]}
    />
  )
  const html = renderPiece(chart, english)
  assert.match(html, /<title id="c-title">Museums<\/title><desc id="c-desc">Peru leads\.<\/desc>/)
  assert.match(html, /x="0%" y="22" width="84%"/)
  assert.match(html, /<th scope="row">Chile<\/th><td class="figures" data-label="Museums">42<\/td>/)
  assert.match(renderPiece(chart, sampleReader('ar')), /x="16%" y="22" width="84%"/)
})

test('charts of nothing, and of what nobody knows, are drawn without nonsense', () => {
  for (const kind of ['bars', 'columns', 'stacked', 'lines'] as const) {
    for (const values of [
      [0, 0],
      [null, null],
    ]) {
      const html = renderPiece(
        <Chart
          kind={kind}
          id="c"
          title="t"
          description="d"
          labelName="l"
          labels={['a', 'b']}
          series={[{ name: 's', values }]}
        />,
        english,
      )
      assert.doesNotMatch(html, /NaN|Infinity|undefined/, kind)
    }
  }
})

test('a map marks countries and places, and lists the same', () => {
  const html = renderPiece(
    <Atlas
      id="m"
      title="Museums"
      description="One museum."
      countries={[{ code: 'PE', value: 'member' }]}
      points={[{ latitude: -13.5, longitude: -72, name: 'Museum of Salt', target: { href: '/salt' } }]}
    />,
    english,
  )
  assert.equal(html.match(/land-marked/g)?.length, 1)
  assert.match(html, /<title>Peru: member<\/title>/)
  assert.match(html, /<a href="\/salt" tabindex="-1" aria-hidden/i)
  assert.match(html, /<th scope="row"><a href="\/salt">Museum of Salt<\/a><\/th>/)
})

test('the atlas knows every country of the network by its ISO code', () => {
  const codes = new Set(atlas().features.map((one) => one.properties.code))
  for (const code of [
    'AR',
    'BO',
    'BR',
    'CL',
    'CO',
    'CR',
    'CU',
    'DO',
    'EC',
    'SV',
    'ES',
    'GT',
    'HN',
    'MX',
    'NI',
    'PA',
    'PY',
    'PE',
    'PT',
    'UY',
    'VE',
    'AD',
  ]) {
    assert.ok(codes.has(code), code)
  }
})

test('a timeline says in words what it draws', () => {
  const html = renderPiece(
    <Timeline
      label="Members"
      from="2008-01-01"
      to="2027-01-01"
      rows={[
        {
          name: 'Peru',
          intervals: [
            { from: '2009-01-01', to: '2012-01-01', name: 'observer' },
            { from: '2012-01-01', to: null, name: 'member' },
          ],
        },
      ]}
    />,
    english,
  )
  assert.match(html, /observer: 2009.*2012/)
  assert.match(html, /member: since 2012/)
})

test('a picture carries size, alternatives, credit and rights, and waits to be asked for where data is dear', () => {
  const picture = (
    <Picture
      sources={[
        {
          type: 'image/avif',
          sizes: [
            { src: '/a-400.avif', width: 400 },
            { src: '/a-800.avif', width: 800 },
          ],
        },
        {
          type: 'image/jpeg',
          sizes: [
            { src: '/a-400.jpg', width: 400 },
            { src: '/a-800.jpg', width: 800 },
          ],
        },
      ]}
      width={800}
      height={600}
      alt={{ es: { body: 'Un cántaro' } }}
      credit="Rosa Quispe"
      rights={{ name: 'CC BY 4.0', href: 'https://creativecommons.org/licenses/by/4.0/' }}
    />
  )
  const html = renderPiece(picture, english)
  assert.match(html, /<source type="image\/avif" srcset="\/a-400.avif 400w, \/a-800.avif 800w"/)
  assert.match(html, /<img src="\/a-400.jpg"[^>]*width="800" height="600" alt="Un cántaro" lang="es" loading="lazy"/)
  assert.match(html, /Rosa Quispe.*CC BY 4\.0/)
  const saved = renderPiece(picture, sampleReader('en', { lowBandwidth: true }))
  assert.doesNotMatch(saved, /<img|<source/)
  assert.match(saved, /Un cántaro/)
  assert.match(saved, /href="\/a-400.jpg">Show the picture/)
})

test('markdown is safe HTML in its own language; a machine’s words say so', () => {
  const text = { pt: { body: '**Sal** <script>', form: 'markdown' as const } }
  assert.match(
    renderPiece(<T as="div" of={text} />, english),
    /lang="pt" dir="ltr"><p><strong>Sal<\/strong> &lt;script&gt;<\/p>/,
  )
  const machine = { en: { body: 'Open', method: 'machine' as const, state: 'machine' as const } }
  assert.match(renderPiece(<T of={machine} />, english), /<small class="remark">[^<]*machine/i)
})
