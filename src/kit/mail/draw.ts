import { direction, isLanguage, speak, type Language } from '#kit/words'
import type { Block } from './letter.ts'
import { mailWords } from './words.ts'

/** What stands around every letter: whose it is, where its paths lead, and how to have no more of the kind. */
export type Frame = { network: string; origin: string; unsubscribe?: string | undefined; demo?: boolean }

export type Body = { preview: string | null; blocks: Block[] }

/** The letter as plain text: the same sentences as the HTML, links on a line of their own. */
export function letterText(body: Body, language: Language, frame: Frame): string {
  const t = speak(mailWords, language)
  const parts = body.blocks.map((block) => blockText(block, frame))
  const foot = [frame.network, frame.origin, frame.unsubscribe && `${t('foot.unsubscribe')}\n${frame.unsubscribe}`]
    .filter(Boolean)
    .join('\n')
  return `${parts.join('\n\n')}\n\n-- \n${frame.demo ? `${t('foot.demo')}\n` : ''}${foot}\n`
}

function blockText(block: Block, frame: Frame): string {
  switch (block.kind) {
    case 'text':
    case 'note':
      return block.text
    case 'heading':
      return `${block.text}\n${'='.repeat(Math.min([...block.text].length, 60))}`
    case 'button':
      return `${block.label}:\n${absolute(block.href, frame.origin)}`
    case 'code':
      return `    ${block.code}`
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${value}`).join('\n')
    case 'list':
      return block.items
        .map(({ text, href, note }) =>
          [`• ${text}`, note && `  ${note}`, href && `  ${absolute(href, frame.origin)}`].filter(Boolean).join('\n'),
        )
        .join('\n\n')
    case 'quote':
      return block.text.replaceAll(/^/gmu, '> ')
  }
}

const ink = '#22201c'
const soft = '#5e5850'
const paper = '#fbfaf7'
const line = '#d9d3c7'
const indigo = '#2b4a7f'

/** The letter as HTML without tables, pictures or anything fetched; the page's direction is the language's own. Styles are inline because mail programs keep no others. */
export function letterHtml(subject: string, body: Body, language: Language, frame: Frame): string {
  const t = speak(mailWords, language)
  const start = direction(language) === 'rtl' ? 'right' : 'left'
  const font =
    language === 'ar'
      ? "'Noto Naskh Arabic', 'Geeza Pro', Tahoma, sans-serif"
      : "'Atkinson Hyperlegible Next', Verdana, sans-serif"
  const foot = [
    frame.demo ? `<p style="margin:0 0 8px">${text(t('foot.demo'))}</p>` : '',
    `<p style="margin:0"><a href="${attribute(frame.origin)}" style="color:${soft}">${text(frame.network)}</a></p>`,
    frame.unsubscribe
      ? `<p style="margin:8px 0 0"><a href="${attribute(frame.unsubscribe)}" style="color:${soft}">${text(t('foot.unsubscribe'))}</a></p>`
      : '',
  ].join('')
  return `<!doctype html>
<html lang="${language}" dir="${direction(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${text(subject)}</title></head>
<body dir="${direction(language)}" style="margin:0;background:${paper};color:${ink};font-family:${font};font-size:17px;line-height:1.55;text-align:${start}">
${body.preview ? `<div style="display:none;max-height:0;overflow:hidden">${text(body.preview)}</div>` : ''}
<div role="article" lang="${language}" style="max-width:34em;margin:0 auto;padding:28px 20px">
<p style="margin:0 0 20px;padding-bottom:10px;border-bottom:2px solid ${indigo};color:${soft};font-size:15px">${text(frame.network)}</p>
${body.blocks.map((block) => blockHtml(block, frame)).join('\n')}
<div style="margin-top:32px;padding-top:12px;border-top:1px solid ${line};color:${soft};font-size:14px">${foot}</div>
</div>
</body>
</html>
`
}

function blockHtml(block: Block, frame: Frame): string {
  const href = (target: string) => attribute(absolute(target, frame.origin))
  switch (block.kind) {
    case 'text':
      return paragraphs(block.text, 'margin:0 0 16px')
    case 'note':
      return paragraphs(block.text, `margin:0 0 16px;color:${soft};font-size:15px`)
    case 'heading':
      return `<h2 style="margin:28px 0 10px;font-size:20px;line-height:1.3;font-weight:600">${text(block.text)}</h2>`
    case 'button':
      return `<p style="margin:22px 0"><a href="${href(block.href)}" style="display:inline-block;padding:11px 20px;border-radius:4px;background:${indigo};color:#ffffff;text-decoration:none;font-weight:600">${text(block.label)}</a></p>`
    case 'code':
      return `<p dir="ltr" style="margin:22px 0;font-size:30px;letter-spacing:6px;font-weight:600;font-family:monospace">${text(block.code)}</p>`
    case 'facts':
      return `<dl style="margin:0 0 18px;padding:12px 0;border-top:1px solid ${line};border-bottom:1px solid ${line}">${block.facts
        .map(
          ({ label, value }) =>
            `<dt style="color:${soft};font-size:15px">${text(label)}</dt><dd style="margin:0 0 8px">${text(value)}</dd>`,
        )
        .join('')}</dl>`
    case 'list':
      return `<ul style="margin:0 0 18px;padding-inline-start:20px">${block.items
        .map(({ text: said, href: target, note }) => {
          const title = target ? `<a href="${href(target)}" style="color:${indigo}">${text(said)}</a>` : text(said)
          return `<li style="margin:0 0 10px">${title}${note ? `<br><span style="color:${soft};font-size:15px">${text(note)}</span>` : ''}</li>`
        })
        .join('')}</ul>`
    case 'quote': {
      const language = block.language
        ? ` lang="${attribute(block.language)}" dir="${isLanguage(block.language) ? direction(block.language) : 'auto'}"`
        : ' dir="auto"'
      return `<blockquote${language} style="margin:0 0 18px;padding-inline-start:14px;border-inline-start:3px solid ${line}">${paragraphs(block.text, 'margin:0 0 8px')}</blockquote>`
    }
  }
}

function paragraphs(said: string, style: string): string {
  return said
    .split(/\n{2,}/u)
    .map((part) => `<p style="${style}">${text(part).replaceAll('\n', '<br>')}</p>`)
    .join('\n')
}

/** A path of ours as a whole address; other addresses stay, if they are of the web or of mail. */
export function absolute(href: string, origin: string): string {
  if (href.startsWith('/') && !href.startsWith('//')) return origin + href
  const url = URL.parse(href)
  return url && ['http:', 'https:', 'mailto:'].includes(url.protocol) ? href : origin
}

const text = (said: string) => said.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const attribute = (said: string) => text(said).replaceAll('"', '&quot;')
