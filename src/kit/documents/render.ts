import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { speak, type Language } from '#kit/words'
import { documentWords } from './words.ts'

/** Words, in the document's language unless they say theirs. They are shown as they are: nothing in them is markup. */
export type Said = string | { text: string; language: string }

/** A part of a document. Paragraphs are told apart by empty lines. */
export type Piece =
  | { kind: 'heading'; text: Said; level?: 1 | 2 | 3 }
  | { kind: 'text' | 'note' | 'quote'; text: Said }
  | { kind: 'list' | 'steps'; items: Said[] }
  | { kind: 'facts'; facts: { label: string; value: Said }[] }
  | {
      kind: 'table'
      caption?: string
      columns: { label: string; number?: boolean; wide?: boolean }[]
      rows: Said[][]
      foot?: Said[]
    }
  /** A chart drawn as SVG, or a picture of `pictures` by its name. `alt` says what is to be seen; `width` is in percent of the column. */
  | ({ kind: 'picture'; alt: string; caption?: string; width?: number } & ({ svg: string } | { picture: string }))
  | { kind: 'signatures'; people: { name: string; role?: string }[] }
  | { kind: 'page' }

export type DocumentData = {
  title: string
  /** One or two sentences under the title. */
  lead?: string
  letterhead: { network: string; owner?: string; date?: string }
  author?: string
  description?: string
  facts?: { label: string; value: Said }[]
  pieces: Piece[]
  /** Certificates: whom it is for, and where it can be proved. */
  name?: string
  proof?: { text: string; address: string }
}

export type DocumentOptions = {
  language: Language
  /** ISO 3166 alpha-2: the country whose way of writing the language it is. */
  country?: string | null
  /** The day that the document bears in its metadata, `2026-11-22`. */
  made?: string
  /** Pictures by the name under which pieces ask for them (`sala.jpg`). */
  pictures?: Record<string, Uint8Array>
}

export type Rendered = { pdf: Uint8Array; pages: number }

/** A document that could not be set; the message is for the log. */
export class DocumentBroken extends Error {}

const folder = join(import.meta.dirname, 'typst')
const fonts = {
  '@expo-google-fonts/atkinson-hyperlegible-next': ['400Regular', '400Regular_Italic', '600SemiBold'],
  '@expo-google-fonts/newsreader': ['400Regular', '600SemiBold'],
  '@expo-google-fonts/noto-naskh-arabic': ['400Regular', '600SemiBold'],
}

let compiler: Promise<NodeCompiler> | undefined

/** Loaded by the first document, and only where one is made: 100 MB that pages do not need. */
async function load(): Promise<NodeCompiler> {
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  const { resolve } = createRequire(import.meta.url)
  const fontPaths = Object.entries(fonts).flatMap(([name, weights]) =>
    weights.map((weight) => join(dirname(resolve(`${name}/package.json`)), weight)),
  )
  return NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths }] })
}

/**
 * Sets a document as tagged PDF/UA-1 with title, language, headings, tables and alternative texts: `report` is pieces one after another, `certificate` one page across. Data travels
 * as JSON and is never read as source. Holds the thread while it works (some 2 ms a page): call it in the jobs' process. Throws {@link DocumentBroken}.
 */
export async function renderDocument(
  template: 'report' | 'certificate',
  data: DocumentData,
  options: DocumentOptions,
): Promise<Rendered> {
  const typst = await (compiler ??= load())
  const { language, country, made, pictures = {} } = options
  const t = speak(documentWords, language)
  const given = {
    ...data,
    language,
    region: country ?? null,
    made: made?.split('-').map(Number) ?? null,
    labels: { page: t('page', { page: '{1}', pages: '{2}' }) },
  }
  for (const [name, bytes] of Object.entries(pictures)) typst.mapShadow(join(folder, name), Buffer.from(bytes))
  try {
    return set(
      typst,
      template,
      JSON.stringify(given, (_name, value: unknown) => (typeof value === 'string' ? settable(value) : value)),
    )
  } finally {
    typst.resetShadow()
    typst.evictCache(5)
  }
}

/** Sets, and sets again without the signs that no font has: an accessible PDF holds no letter that it cannot show, and one odd sign must not keep a person from their certificate. */
function set(typst: NodeCompiler, template: string, data: string, again = 4): Rendered {
  const compiled = typst.compile({ mainFilePath: join(folder, `${template}.typ`), inputs: { data } })
  if (!compiled.result) throw new DocumentBroken(told(typst, compiled.takeError() ?? compiled.takeDiagnostics()))
  try {
    return {
      pdf: new Uint8Array(typst.pdf(compiled.result, { pdfStandard: 'ua-1' })),
      pages: compiled.result.numOfPages,
    }
  } catch (error) {
    const message = (error as Error).message
    const unknown = new Set(
      [...message.matchAll(/the text `\\?"(.+?)\\?"` could not be displayed/gsu)].flatMap(([, text]) => [
        ...unescaped(text!),
      ]),
    )
    if (unknown.size === 0 || again === 0) throw new DocumentBroken(message.slice(0, 2000))
    const whole = JSON.parse(data, (_name, value: unknown) =>
      typeof value === 'string' ? [...value].map((sign) => (unknown.has(sign) ? '?' : sign)).join('') : value,
    ) as object
    return set(typst, template, JSON.stringify(whole), again - 1)
  }
}

/** Rust tells signs that do not print as `\u{7}`. */
function unescaped(text: string): string {
  return text.replaceAll(/\\+u\{([0-9a-f]+)\}/gu, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
}

/** Text without what no page can show: half letters and control signs. */
function settable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Co}\p{Cn}]+/gu, (signs) =>
      signs.includes('\n') ? '\n'.repeat(signs.split('\n').length - 1) : ' ',
    )
}

function told(typst: NodeCompiler, error: Parameters<NodeCompiler['fetchDiagnostics']>[0] | null): string {
  if (!error) return 'the document could not be set'
  return JSON.stringify(typst.fetchDiagnostics(error)).slice(0, 2000)
}
