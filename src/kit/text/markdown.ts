import MarkdownIt, { type Token } from 'markdown-it'

/**
 * The markdown that people may write: paragraphs, headings, lists, quotations, tables, emphasis, links, rules. No HTML
 * passes, pictures are no part of it (they carry credit and rights elsewhere), and indented text is no code.
 */
function parser() {
  const it = new MarkdownIt('default', {
    html: false,
    linkify: true,
    typographer: false,
    breaks: false,
    maxNesting: 30,
  })
  it.disable(['image', 'code', 'fence', 'html_block', 'html_inline', 'reference', 'replacements', 'smartquotes'])
  // Only addresses that are written out become links: a museum named "arte.co" stays a name.
  it.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  it.validateLink = isSafeLink
  it.renderer.rules['link_open'] = (tokens, index, options, _environment, self) => {
    const token = tokens[index]!
    if (/^https?:/iu.test(String(token.attrGet('href')))) token.attrSet('rel', 'noopener nofollow')
    return self.renderToken(tokens, index, options)
  }
  // A link to nowhere (`[a]()`) is its words: the parser asks of its address nothing.
  it.core.ruler.push('no link to nowhere', ({ tokens }) => {
    for (const token of tokens) if (token.children) token.children = withoutEmptyLinks(token.children)
  })
  // A wide table scrolls in its own frame and is reached by keyboard.
  it.renderer.rules['table_open'] = () => '<div class="scroll" tabindex="0" role="group"><table>\n'
  it.renderer.rules['table_close'] = () => '</table></div>\n'
  it.renderer.rules['th_open'] = () => '<th scope="col">'
  it.renderer.rules['td_open'] = () => '<td>'
  return it
}

function withoutEmptyLinks(tokens: Token[]): Token[] {
  let empty = false
  return tokens.filter((token) => {
    if (token.type === 'link_open') empty = token.attrGet('href') === ''
    // Links hold no links: the next end is this one's.
    return !(empty && (token.type === 'link_open' || token.type === 'link_close'))
  })
}

const markdown = parser()

/** Whether an address may stand in a text: https, http, mailto, tel, or a place on this site. */
export function isSafeLink(address: string): boolean {
  const bare = address.trim()
  if (/^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@|tel:\+?[\d])/iu.test(bare)) return true
  return /^(?:\/(?![/\\])|#|\?)/u.test(bare) && !/[\p{Cc}\\]/u.test(bare)
}

/**
 * Renders what a person wrote as safe HTML. Headings begin at `level` (2 unless told), so that a text sits under the
 * heading of its page; deeper ones stop at 6.
 */
export function renderMarkdown(body: string, { level = 2 }: { level?: number } = {}): string {
  const tokens = markdown.parse(body, {})
  const headings = tokens.filter(({ type }) => type === 'heading_open' || type === 'heading_close')
  // Many begin with `##`, as other programs taught them: the greatest heading of a text is its first level, whatever it is.
  const greatest = Math.min(...headings.map(({ tag }) => Number(tag.slice(1))))
  for (const token of headings) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) - greatest + level)}`
  return markdown.renderer.render(tokens, markdown.options, {})
}

/** One line of what a person wrote, emphasis and links only, without a paragraph around it. */
export function renderInline(body: string): string {
  return markdown.renderInline(body)
}

/** The words alone, blocks on lines of their own. With `links`, where links lead is kept beside their words. */
export function plainOf(body: string, { links = false }: { links?: boolean } = {}): string {
  const lines: string[] = []
  for (const token of markdown.parse(body, {})) {
    if (token.type === 'inline') lines.push(inlineText(token.children ?? [], links))
  }
  return lines.filter((line) => line !== '').join('\n')
}

function inlineText(tokens: Token[], links: boolean): string {
  let text = ''
  for (const token of tokens) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') text += '\n'
    else if (token.type === 'link_open' && links) text += ` ${token.attrGet('href')} `
    else text += token.content
  }
  return text
}

/** The addresses in a text that were written as links and may not be: their author is told. */
export function refusedLinks(body: string): string[] {
  const written = body.matchAll(/\]\(\s*<?([^)\s>]+)/gu)
  return [...new Set([...written].map((match) => match[1]!).filter((address) => !isSafeLink(address)))]
}
