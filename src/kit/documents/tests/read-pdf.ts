import { inflateSync } from 'node:zlib'

/** As much of a PDF as our tests want to see: its metadata, whether it is tagged, and its text as a reader would copy it. */
export type ReadPdf = { raw: string; metadata: string; tags: string[]; text: string; alternatives: string[] }

/** Reads a PDF of ours: objects in the open, streams in Flate. Text goes through each font's own table back to Unicode. */
export function readPdf(pdf: Uint8Array): ReadPdf {
  const objects = new Map<string, { head: string; content: Buffer | null }>()
  const raw = Buffer.from(pdf).toString('latin1')
  for (const found of raw.matchAll(/(\d+) 0 obj\s([\s\S]*?)endobj/g)) {
    const body = found[2]!
    const at = body.indexOf('stream\n')
    const head = at < 0 ? body : body.slice(0, at)
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0)
    const bytes = at < 0 ? null : Buffer.from(body.slice(at + 7, at + 7 + length), 'latin1')
    objects.set(found[1]!, { head, content: bytes && /FlateDecode/.test(head) ? inflateSync(bytes) : bytes })
  }
  const refer = (head: string, name: string) => new RegExp(`/${name} (\\d+) 0 R`).exec(head)?.[1]
  const inside = (head: string, name: string): string => {
    const direct = new RegExp(`/${name}\\s*<<([\\s\\S]*?)>>`).exec(head)?.[1]
    return direct ?? objects.get(refer(head, name) ?? '')?.head ?? ''
  }
  let text = ''
  for (const { head } of objects.values()) {
    if (!/\/Type \/Page\b/.test(head)) continue
    const resources = refer(head, 'Resources') ? objects.get(refer(head, 'Resources')!)!.head : head
    const fonts = new Map(
      [...inside(resources, 'Font').matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name, id]) => [
        name!,
        toUnicode(objects.get(refer(objects.get(id!)!.head, 'ToUnicode') ?? '')?.content ?? null),
      ]),
    )
    const content = objects.get(refer(head, 'Contents') ?? '')?.content?.toString('latin1') ?? ''
    text += `${textOf(content, fonts)}\n`
  }
  const all = [...objects.values()].map(({ head }) => head)
  return {
    raw,
    text,
    metadata: [...objects.values()].find(({ head }) => /\/Type \/Metadata/.test(head))?.content?.toString('utf8') ?? '',
    tags: all.flatMap((head) => [...head.matchAll(/\/S \/(\w+)/g)].map(([, tag]) => tag!)),
    alternatives: all.flatMap((head) =>
      [...head.matchAll(/\/Alt (?:\(((?:\\.|[^\\)])*)\)|<([0-9A-Fa-f]+)>)/g)].map(([, literal, hex]) =>
        stringOf(literal ?? Buffer.from(hex!, 'hex').toString('latin1')),
      ),
    ),
  }
}

/** The text a page shows, in the order of the page's own operators; marked words (ActualText) count as they are told. */
function textOf(content: string, fonts: Map<string, Map<number, string>>): string {
  let font = new Map<number, string>()
  let text = ''
  let told = false
  const token =
    /\/(\w+) [\d.]+ Tf|<([0-9a-fA-F]*)>(?=[^\]]*?(?:TJ|Tj|\]))|\(((?:\\[\s\S]|[^\\)])*)\)(?=[^\]]*?(?:TJ|Tj|\]))|\/ActualText \(((?:\\[\s\S]|[^\\)])*)\)|\/ActualText <([0-9a-fA-F]+)>|\b(EMC|BT)\b/g
  for (const [, name, hex, literal, actual, actualHex, operator] of content.matchAll(token)) {
    if (name) font = fonts.get(name) ?? new Map()
    else if (actual !== undefined || actualHex !== undefined) {
      text += stringOf(actual ?? Buffer.from(actualHex!, 'hex').toString('latin1'))
      told = true
    } else if (operator === 'EMC') told = false
    else if (operator === 'BT') text += '\n'
    else if (!told) {
      const bytes = hex !== undefined ? Buffer.from(hex, 'hex') : bytesOf(literal ?? '')
      for (let at = 0; at + 1 < bytes.length; at += 2) text += font.get(bytes.readUInt16BE(at)) ?? ''
    }
  }
  return text
}

function bytesOf(literal: string): Buffer {
  const plain: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
  const text = literal.replaceAll(/\\([0-7]{1,3}|\r\n|[\s\S])/g, (_, sign: string) =>
    /^[0-7]/.test(sign)
      ? String.fromCharCode(Number.parseInt(sign, 8))
      : (plain[sign] ?? (sign.trim() === '' ? '' : sign)),
  )
  return Buffer.from(text, 'latin1')
}

function stringOf(literal: string): string {
  const bytes = bytesOf(literal)
  return bytes[0] === 0xfe && bytes[1] === 0xff
    ? bytes.subarray(2).swap16().toString('utf16le')
    : bytes.toString('latin1')
}

/** A font's table from its codes to Unicode. */
function toUnicode(content: Buffer | null): Map<number, string> {
  const table = new Map<number, string>()
  const said = content?.toString('latin1') ?? ''
  const letters = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le')
  for (const [, part] of said.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code, to] of part!.matchAll(/<(\w+)>\s*<(\w+)>/g)) table.set(Number.parseInt(code!, 16), letters(to!))
  for (const [, part] of said.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from, to, first] of part!.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
      for (
        let code = Number.parseInt(from!, 16), letter = Number.parseInt(first!, 16);
        code <= Number.parseInt(to!, 16);
        code += 1, letter += 1
      )
        table.set(code, String.fromCodePoint(letter))
  return table
}
