import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { isSafeLink, plainOf, refusedLinks, renderInline, renderMarkdown } from '#kit/text'

const cases: [string, string, string][] = [
  ['paragraphs', 'Uno\n\nDos', '<p>Uno</p>\n<p>Dos</p>\n'],
  ['headings go under the page', '# Bases\n## Plazos', '<h2>Bases</h2>\n<h3>Plazos</h3>\n'],
  ['emphasis', '**a** *b*', '<p><strong>a</strong> <em>b</em></p>\n'],
  ['no html', '<b>a</b> <script>x</script>', '<p>&lt;b&gt;a&lt;/b&gt; &lt;script&gt;x&lt;/script&gt;</p>\n'],
  ['links', '[a](https://a.org)', '<p><a href="https://a.org" rel="noopener nofollow">a</a></p>\n'],
  ['links to nowhere', '[a]() y [b](/es)', '<p>a y <a href="/es">b</a></p>\n'],
  ['links on the site', '[a](/es/museos)', '<p><a href="/es/museos">a</a></p>\n'],
  ['bad links', '[a](javascript:alert(1))', '<p>[a](javascript:alert(1))</p>\n'],
  [
    'addresses written out',
    'Vea https://a.org.',
    '<p>Vea <a href="https://a.org" rel="noopener nofollow">https://a.org</a>.</p>\n',
  ],
  ['names with a dot', 'arte.co', '<p>arte.co</p>\n'],
  ['indented text is no code', '    texto', '<p>texto</p>\n'],
]

test('what people write becomes safe HTML', () => {
  for (const [name, body, html] of cases) assert.equal(renderMarkdown(body), html, name)
  assert.equal(renderMarkdown('##### a', { level: 4 }), '<h4>a</h4>\n')
  assert.equal(renderMarkdown('## a\n\n##### b', { level: 4 }), '<h4>a</h4>\n<h6>b</h6>\n')
  assert.equal(renderInline('un *museo*'), 'un <em>museo</em>')
  assert.match(renderMarkdown('|a|b|\n|-|-|\n|1|2|'), /<div class="scroll" tabindex="0" role="group"><table>/u)
  assert.ok(!renderMarkdown('![x](https://a.org/x.png)').includes('<img'))
})

const links: [string, boolean][] = [
  ['https://museo.org/a', true],
  ['http://museo.org', true],
  ['mailto:ana@museo.org', true],
  ['tel:+5112345678', true],
  ['/es/museos', true],
  ['#bases', true],
  ['javascript:alert(1)', false],
  [' JaVaScRiPt:alert(1)', false],
  ['data:text/html,x', false],
  ['//evil.org', false],
  ['/\\evil.org', false],
  ['vbscript:x', false],
  ['file:///etc/passwd', false],
  ['museo.org', false],
]

test('links are taken from a list of what is safe', () => {
  for (const [link, safe] of links) assert.equal(isSafeLink(link), safe, link)
  assert.deepEqual(refusedLinks('[a](javascript:x) y [b](https://b.org) [c](javascript:x)'), ['javascript:x'])
})

test('no text makes an element, an attribute or an address that was not foreseen', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    '[',
    ']',
    '(',
    ')',
    '!',
    '*',
    '_',
    '`',
    '\n',
    '\n\n',
    '    ',
    'javascript:',
    'https://a.org',
    'onclick=',
    '<script>',
    '<img src=x onerror=y>',
    'a',
    ' ',
    '|',
    '-',
    '#',
    '&#106;',
    '\\',
    'data:text/html,',
  )
  const allowed =
    /^<\/?(?:p|h[2-6]|ul|ol|li|blockquote|strong|em|s|a|hr|br|code|table|thead|tbody|tr|th|td|div)(?: (?:href="(?:https?:|mailto:|tel:|\/(?!\/)|#|\?)[^"<>]*"|rel="noopener nofollow"|start="\d+"|scope="col"|class="scroll"|tabindex="0"|role="group"))*>$/u
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 25 }), (written) => {
      const html = renderMarkdown(written.join(''))
      for (const [element] of html.matchAll(/<[^>]*>/gu)) assert.match(element, allowed, html)
    }),
    { numRuns: 500 },
  )
})

test('plain words for searching', () => {
  assert.equal(
    plainOf('# Título\n\nUn **museo** con [enlace](https://a.org)\n\n- uno\n- dos'),
    'Título\nUn museo con enlace\nuno\ndos',
  )
})
