import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { BlockList } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { after, before, describe, it } from 'node:test'
import pino from 'pino'
import { h, type VNode } from 'preact'
import sharp from 'sharp'
import { ZipFile } from 'yazl'
import { z } from 'zod'
import { Absent, type Actor } from '#kit/access'
import { createHall, page, post, room, seals, type Hall } from '#kit/http'
import { applyRetention, runJobsNow } from '#kit/jobs'
import { read, record } from '#kit/record'
import { Picture, renderPiece, sampleReader } from '#kit/view'
import { installation, silent, type Installation } from '#help/installation'
import {
  describeFile,
  diskStorage,
  fileAddress,
  fileRetention,
  fileTasks,
  filesRoom,
  fileWords,
  findFile,
  FileRefused,
  keepReceived,
  lendFile,
  listRenditions,
  openUploads,
  papers,
  pictureProps,
  pictures,
  problemsOfPublishing,
  receive,
  renditionAddress,
  submitWithFiles,
  sweep,
  takeDraft,
  type Storage,
  type Uploads,
} from '../index.ts'

const ana = '0195c0de-0000-7000-8000-000000000001'
const beto = '0195c0de-0000-7000-8000-000000000002'
async function* flow(whole: Uint8Array, size = 50_000) {
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size)
}
const zip = async (files: Record<string, string>): Promise<Buffer> => {
  const made = new ZipFile()
  for (const [name, content] of Object.entries(files))
    made.addBuffer(Buffer.from(content), name, { compress: name !== 'mimetype' })
  made.end()
  const parts: Buffer[] = []
  for await (const part of made.outputStream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
/** A photograph as a phone makes it: lying on its side, and telling where it was taken. */
const photograph = () =>
  sharp({ create: { width: 1000, height: 600, channels: 3, background: { r: 180, g: 60, b: 40 } } })
    .withExif({
      IFD0: { Make: 'Telefono', Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '12/1 2/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

/** A few bytes that claim to be 256 million points of one colour. */
function enormous(): Buffer {
  const chunk = (name: string, content: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(name), content])
    const numbers = Buffer.alloc(8)
    numbers.writeUInt32BE(content.length)
    numbers.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([numbers.subarray(0, 4), body, numbers.subarray(4)])
  }
  const head = chunk('IHDR', Buffer.from([0, 0, 0x3e, 0x80, 0, 0, 0x3e, 0x80, 8, 2, 0, 0, 0]))
  const points = chunk('IDAT', deflateSync(Buffer.alloc(100_000)))
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), head, points, chunk('IEND', Buffer.alloc(0))])
}

describe('files', () => {
  let house: Installation
  let storage: Storage
  let uploads: Uploads
  let hall: Hall
  let asker: Actor | null = null
  const folder = mkdtempSync(join(tmpdir(), 'quipu-files-'))

  before(async () => {
    house = await installation()
    storage = diskStorage(join(folder, 'files'))
    uploads = openUploads(storage, join(folder, 'uploads'))
    const form = z.object({ title: z.string().min(1), photo: z.object({ kept: z.string().optional() }).optional() })
    const testRoom = room('files', fileWords, [
      post(
        'test',
        '/test',
        (ask) =>
          submitWithFiles(
            ask,
            storage,
            { photo: { accept: pictures, limit: 200_000 } },
            {
              form,
              act: async (input) => input.photo?.kept ?? 'none',
              then: (id) => new Response(id, { status: 201 }),
              again: (typed, problems) => page(h('p', {}, JSON.stringify({ typed, problems }))),
            },
          ),
        { plain: true, streams: true },
      ),
    ])
    hall = createHall({
      rooms: [filesRoom({ storage, uploads }), testRoom],
      database: house.database,
      identify: async () =>
        asker && {
          session: { id: 's', personId: asker.personId!, name: 'Ana', provedAt: asker.now, secondFactor: false },
          grants: [],
          language: 'es',
          zone: 'UTC',
        },
      frame: async () => ({ network: 'Red', zone: 'UTC', demo: false, threads: [] }),
      seals: seals('a secret of thirty-two characters!'),
      proxies: new BlockList(),
      asset: async () => null,
      assetPath: (file) => `/assets/${file}`,
      log: pino({ level: 'silent' }),
    })
  })
  after(async () => {
    await house.end()
    rmSync(folder, { recursive: true, force: true })
  })

  const ask = (path: string, init: RequestInit & { as?: string | null } = {}) => {
    asker = init.as ? house.person(init.as) : null
    const cookie: Record<string, string> = init.as ? { cookie: 'quipu.session=1' } : {}
    return hall.request(path, {
      ...init,
      headers: { 'sec-fetch-site': 'same-origin', ...cookie, ...(init.headers as object) },
    })
  }
  const keep = async (content: Uint8Array, name: string, accept = [...pictures, ...papers]) =>
    keepReceived(house.person(ana), (await receive(storage, flow(content), { name }, { accept }))!)
  const work = () => runJobsNow({ ownerAddress: house.ownerAddress, tasks: fileTasks({ storage }), log: silent })
  const refusal = async (content: Uint8Array, name: string, wanted = { accept: pictures }) => {
    try {
      await receive(storage, flow(content), { name }, wanted)
    } catch (error) {
      if (error instanceof FileRefused) return { words: error.words, values: error.values }
      throw error
    }
    return 'taken'
  }
  const arriving = () => readdirSync(join(folder, 'files/arriving'))

  it('are told by their content, whatever their name, and kept once', async () => {
    const content = await photograph()
    const one = await receive(storage, flow(content, 10), { name: 'vacaciones.png' }, { accept: pictures })
    const two = await receive(storage, flow(content), { name: 'x.jpeg' }, { accept: pictures })
    assert.deepEqual(
      [one!.kind, one!.name, one!.bytes, two!.name],
      ['image/jpeg', 'vacaciones.jpg', content.length, 'x.jpeg'],
    )
    assert.equal(one!.sha256, two!.sha256)
    const kept: string[] = []
    for await (const { sha256 } of storage.list()) kept.push(sha256)
    assert.deepEqual(kept, [one!.sha256])
    const back = await storage.get(one!.sha256)
    assert.ok(Buffer.from(await new Response(back!.stream).arrayBuffer()).equals(content))
  })

  it('are refused with a sentence, and leave nothing behind', async () => {
    const docx = await zip({ '[Content_Types].xml': '', 'word/document.xml': '<w/>' })
    assert.deepEqual(await refusal(docx, 'a.docx'), {
      words: 'files.problem.not-wanted',
      values: { kind: 'ZIP', kinds: 'JPG, PNG, WEBP, AVIF, TIF' },
    })
    assert.equal(await refusal(docx, 'a.docx', { accept: papers }), 'taken')
    const macros = await zip({ 'word/document.xml': '', 'word/vbaProject.bin': 'x' })
    assert.deepEqual(await refusal(macros, 'a.docx', { accept: papers }), {
      words: 'files.problem.macro',
      values: undefined,
    })
    const sheet = await zip({ 'xl/workbook.xml': '' })
    assert.equal(
      ((await refusal(sheet, 'a.docx', { accept: papers })) as { words: string }).words,
      'files.problem.not-wanted',
    )
    const odt = await zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '' })
    assert.equal(await refusal(odt, 'a.odt', { accept: papers }), 'taken')
    assert.deepEqual(await refusal(docx.subarray(0, docx.length - 10), 'a.docx', { accept: papers }), {
      words: 'files.problem.broken',
      values: undefined,
    })
    const large = Buffer.concat([await photograph(), randomBytes(300_000)])
    assert.deepEqual(await refusal(large, 'a.jpg', { accept: pictures, limit: 200_000 } as never), {
      words: 'files.problem.too-large',
      values: { megabytes: 0.2 },
    })
    assert.deepEqual(await refusal(Buffer.alloc(0), 'a.jpg'), { words: 'files.problem.empty', values: undefined })
    assert.equal(await receive(storage, flow(Buffer.alloc(0)), { name: '' }, { accept: pictures }), null)
    assert.deepEqual(arriving(), [])
  })

  it('that are pictures come in sizes, upright, and tell nothing of where they were taken', async () => {
    const id = await keep(await photograph(), 'foto.jpg')
    await work()
    const { file, sizes } = await read(house.person(ana), async (db) => ({
      file: await findFile(house.person(ana), db, id),
      sizes: await listRenditions(db, [id]),
    }))
    assert.deepEqual([file.width, file.height, file.problem], [600, 1000, null])
    assert.deepEqual(
      sizes.map(({ width, height, kind }) => `${width}×${height} ${kind}`),
      [
        '400×667 image/avif',
        '400×667 image/jpeg',
        '400×667 image/webp',
        '600×1000 image/avif',
        '600×1000 image/jpeg',
        '600×1000 image/webp',
      ],
    )
    for (const size of sizes) {
      const made = Buffer.from(await new Response((await storage.get(size.sha256))!.stream).arrayBuffer())
      const metadata = await sharp(made).metadata()
      assert.deepEqual(
        [metadata.width, metadata.exif, metadata.xmp, metadata.orientation],
        [size.width, undefined, undefined, undefined],
        size.kind,
      )
      assert.ok(!made.includes('Telefono'))
    }
    assert.deepEqual(
      await house.ask(`select actor_kind from record.deed where name = 'picture.prepared' and about_id = $1`, [id]),
      [{ actor_kind: 'system' }],
    )
  })

  it('that are broken pictures, or traps, say so', async () => {
    const whole = await photograph()
    const broken = await keep(whole.subarray(0, 900), 'rota.jpg')
    const trap = await keep(enormous(), 'bomba.png')
    await work()
    const problems = await house.ask('select problem from files.file where id = any ($1) order by id', [[broken, trap]])
    assert.deepEqual(problems, [
      { problem: 'files.problem.picture-broken' },
      { problem: 'files.problem.picture-too-many-pixels' },
    ])
  })

  it('are published with credit, rights and a description, or not at all', async () => {
    const actor = house.person(ana)
    const id = await keep(await photograph(), 'foto.jpg')
    const file = await read(actor, (db) => findFile(actor, db, id))
    assert.deepEqual(
      problemsOfPublishing(file, 'photo').map(({ field }) => field),
      ['photo.credit', 'photo.rights', 'photo.description'],
    )
    await assert.rejects(
      record(actor, 'file.published', {}, (db) => describeFile(actor, db, id, { state: 'published' })),
      /a published picture says whose it is/,
    )
    const described = { credit: 'Ana Ñahui', rights: 'CC-BY-4.0', alt: { es: 'Una pared roja' } }
    assert.deepEqual(problemsOfPublishing({ ...file, ...described } as never), [])
    await assert.rejects(
      record(house.person(beto), 'file.published', {}, (db) =>
        describeFile(house.person(beto), db, id, { ...described, state: 'published' }),
      ),
      Absent,
    )
    await record(actor, 'file.published', {}, (db) => describeFile(actor, db, id, { ...described, state: 'published' }))
    const seen = await read(house.person(beto), (db) => findFile(house.person(beto), db, id))
    assert.deepEqual(
      [seen.credit, seen.rights, seen.alt, seen.state],
      ['Ana Ñahui', 'CC-BY-4.0', { es: 'Una pared roja' }, 'published'],
    )
  })

  it('are seen by those whose they are; a room may lend them', async () => {
    const institution = '0195c0de-0000-7000-8000-00000000000a'
    const id = await keep(Buffer.from('%PDF-1.7\n'), 'anexo.pdf')
    await record(house.person(ana), 'file.kept', {}, (db) =>
      describeFile(house.person(ana), db, id, { keeper: institution, state: 'kept' }),
    )
    const speaker: Actor = {
      ...house.person(beto),
      grants: [{ id, role: 'institution-representative', scope: { kind: 'institution', id: institution } }],
    }
    assert.equal((await read(speaker, (db) => findFile(speaker, db, id))).name, 'anexo.pdf')
    await assert.rejects(
      read(house.person(beto), (db) => findFile(house.person(beto), db, id)),
      Absent,
    )
    assert.equal((await read(house.person(beto), (db) => lendFile(db, id))).name, 'anexo.pdf')
  })

  it('are handed out with headers that leave no room for tricks', async () => {
    const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(1000)])
    const id = await keep(pdf, 'política «ñ».pdf')
    const file = await read(house.person(ana), (db) => findFile(house.person(ana), db, id))
    const path = hall.book.address('files.file', fileAddress(file), 'es')
    assert.equal((await ask(path)).status, 404)
    assert.equal((await ask(path, { as: beto })).status, 404)
    const own = await ask(path, { as: ana })
    assert.equal(own.status, 200)
    assert.ok(Buffer.from(await own.arrayBuffer()).equals(pdf))
    assert.deepEqual(
      ['content-type', 'content-disposition', 'x-content-type-options', 'cache-control', 'accept-ranges'].map((name) =>
        own.headers.get(name),
      ),
      [
        'application/pdf',
        `inline; filename="politica n.pdf"; filename*=UTF-8''pol%C3%ADtica%20%C2%AB%C3%B1%C2%BB.pdf`,
        'nosniff',
        'private, no-cache',
        'bytes',
      ],
    )
    assert.match((await ask(`${path}?download`, { as: ana })).headers.get('content-disposition')!, /^attachment/)
    const part = await ask(path, { as: ana, headers: { range: 'bytes=-10' } })
    assert.deepEqual(
      [part.status, part.headers.get('content-range')],
      [206, `bytes ${pdf.length - 10}-${pdf.length - 1}/${pdf.length}`],
    )
    assert.ok(Buffer.from(await part.arrayBuffer()).equals(pdf.subarray(-10)))
    assert.equal((await ask(path, { as: ana, headers: { range: 'bytes=9999-' } })).status, 416)
    const etag = own.headers.get('etag')!
    assert.equal((await ask(path, { as: ana, headers: { 'if-none-match': etag } })).status, 304)
    assert.equal((await ask(path, { as: ana, headers: { range: 'bytes=0-1', 'if-range': '"other"' } })).status, 200)
    await record(house.person(ana), 'file.published', {}, (db) =>
      describeFile(house.person(ana), db, id, { state: 'published' }),
    )
    assert.equal((await ask(path)).headers.get('cache-control'), 'public, max-age=31536000, immutable')
  })

  it('that may carry script are never shown in place', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    const id = await keep(svg, 'dibujo.svg', ['image/svg+xml'] as never)
    const file = await read(house.person(ana), (db) => findFile(house.person(ana), db, id))
    const answer = await ask(hall.book.address('files.file', fileAddress(file), 'es'), { as: ana })
    assert.match(answer.headers.get('content-disposition')!, /^attachment/)
    assert.match(answer.headers.get('content-security-policy')!, /sandbox/)
  })

  it('that are pictures reach the public in their sizes only, with a figure that says whose they are', async () => {
    const actor = house.person(ana)
    const id = await keep(await photograph(), 'foto.jpg')
    await work()
    const { file, sizes } = await read(actor, async (db) => ({
      file: await findFile(actor, db, id),
      sizes: await listRenditions(db, [id]),
    }))
    const original = hall.book.address('files.file', fileAddress(file), 'es')
    const small = hall.book.address('files.picture', renditionAddress(sizes[0]!), 'es')
    assert.equal((await ask(small)).status, 404)
    await record(actor, 'file.published', {}, (db) =>
      describeFile(actor, db, id, { state: 'published', credit: 'Ana', rights: 'CC0-1.0', alt: { es: 'Pared' } }),
    )
    const shown = await ask(small)
    assert.deepEqual(
      [shown.status, shown.headers.get('content-type'), shown.headers.get('cache-control')],
      [200, 'image/avif', 'public, max-age=31536000, immutable'],
    )
    const elsewhere = await ask(original)
    assert.equal(elsewhere.status, 302)
    assert.equal((await ask(elsewhere.headers.get('location')!)).headers.get('content-type'), 'image/jpeg')
    assert.equal((await ask(original, { as: ana })).headers.get('content-type'), 'image/jpeg')
    const published = await read(actor, (db) => findFile(actor, db, id))
    const reader = {
      ...sampleReader('ar'),
      address: (name: string, params?: Record<string, string>) => hall.book.address(name, params, 'ar'),
    }
    const html = renderPiece(h(Picture, pictureProps(published, sizes, reader)!) as VNode, reader)
    for (const piece of [
      '<source type="image/avif"',
      '<source type="image/webp"',
      'width="600" height="1000"',
      'alt="Pared"',
      'lang="es"',
      'loading="lazy"',
      'publicdomain/zero',
    ])
      assert.ok(html.includes(piece), `${piece} in ${html}`)
    assert.equal(pictureProps(published, [], reader), null)
  })

  describe('in forms without script', () => {
    const send = async (parts: Record<string, string | Blob>, names: Record<string, string> = {}) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(parts)) {
        if (typeof value === 'string') form.append(name, value)
        else form.append(name, value, names[name] ?? 'foto.jpg')
      }
      const answer = await ask('/test', { method: 'POST', body: form, as: ana })
      const text = await answer.text()
      return {
        status: answer.status,
        text,
        said:
          answer.status === 201
            ? null
            : JSON.parse(/<p>(.*?)<\/p>/s.exec(text)![1]!.replaceAll('&quot;', '"').replaceAll('&amp;', '&')),
      }
    }

    it('are kept as drafts, and not asked for again when the form comes back', async () => {
      const photo = new Blob([new Uint8Array(await photograph())], { type: 'image/jpeg' })
      const back = await send({ photo, title: '' })
      assert.equal(back.status, 422)
      const kept = back.said.typed['photo.kept']
      assert.match(kept, /^[0-9a-f-]{36}$/)
      const done = await send({ 'photo.kept': kept, title: 'Sala' })
      assert.deepEqual([done.status, done.text], [201, kept])
      const other = await send({ 'photo.kept': kept, photo, title: 'Sala' })
      assert.equal(other.status, 201)
      assert.notEqual(other.text, kept)
    })

    it('that are not taken are told together with the other problems', async () => {
      const heic = new Blob([new Uint8Array([0, 0, 0, 24, ...Buffer.from('ftypheic\0\0\0\0mif1heic')])])
      const back = await send({ photo: heic, title: '' }, { photo: 'IMG_1.HEIC' })
      assert.equal(back.status, 422)
      assert.deepEqual(
        back.said.problems.map(({ field, words }: { field: string; words: string }) => [field, words]).sort(),
        [
          ['photo', 'files.problem.heic'],
          ['title', back.said.problems.find(({ field }: { field: string }) => field === 'title').words],
        ],
      )
      const again = await send({ photo: heic, title: 'Sala' }, { photo: 'IMG_1.HEIC' })
      assert.deepEqual(again.said.problems, [{ field: 'photo', words: 'files.problem.heic' }])
      assert.equal(again.said.typed.title, 'Sala')
    })

    it('are taken as drafts of their own person and kind only', async () => {
      const id = await keep(Buffer.from('%PDF-1.7\nx'), 'a.pdf')
      const take = (actor: Actor) =>
        read(actor, async (db) => {
          const problems: never[] = []
          return [
            (await takeDraft(actor, db, id, 'photo', { accept: pictures }, problems))?.id ?? null,
            problems.map(({ words }) => words),
          ]
        })
      assert.deepEqual(await take(house.person(ana)), [null, ['files.problem.not-wanted']])
      assert.deepEqual(await take(house.person(beto)), [null, ['files.problem.gone']])
    })
  })

  describe('in pieces', () => {
    const metadata = (name: string) => `filename ${Buffer.from(name).toString('base64')}`
    const begin = (bytes: number, name = 'foto.jpg', as: string | null = ana) =>
      ask('/uploads', {
        method: 'POST',
        as,
        headers: { 'upload-length': String(bytes), 'upload-metadata': metadata(name) },
      })
    const append = (path: string, from: number, body: Uint8Array, as = ana) =>
      ask(path, {
        method: 'PATCH',
        as,
        body: new Uint8Array(body),
        headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from) },
      })

    it('rest and go on where they were', async () => {
      const content = await photograph()
      const begun = await begin(content.length)
      assert.equal(begun.status, 201)
      const path = begun.headers.get('location')!
      assert.equal((await append(path, 0, content.subarray(0, 500))).headers.get('upload-offset'), '500')
      assert.equal((await append(path, 300, content.subarray(300))).status, 409)
      const where = await ask(path, { method: 'HEAD', as: ana })
      assert.deepEqual(
        [where.status, where.headers.get('upload-offset'), where.headers.get('upload-length')],
        [200, '500', String(content.length)],
      )
      assert.equal((await ask(path, { method: 'HEAD', as: beto })).status, 404)
      const end = await append(path, 500, content.subarray(500))
      assert.equal(end.status, 204)
      const id = end.headers.get('quipu-file')!
      const file = await read(house.person(ana), (db) => findFile(house.person(ana), db, id))
      assert.deepEqual(
        [file.name, file.bytes, file.state, file.kind],
        ['foto.jpg', content.length, 'draft', 'image/jpeg'],
      )
      assert.equal((await append(path, content.length, Buffer.alloc(0))).headers.get('quipu-file'), id)
      assert.deepEqual(readdirSync(join(folder, 'uploads')), [])
    })

    it('are refused like any other', async () => {
      assert.equal((await begin(100, 'x.jpg', null)).status, 403)
      assert.equal((await begin(0)).status, 422)
      assert.equal((await begin(1e13)).status, 422)
      const program = Buffer.from('MZ this is a program')
      const path = (await begin(program.length)).headers.get('location')!
      const refused = await append(path, 0, program)
      assert.deepEqual(
        [refused.status, await refused.text()],
        [422, 'Este archivo es un programa, y no se admiten programas.'],
      )
      assert.equal((await ask(path, { method: 'HEAD', as: ana })).status, 404)
      const dropped = (await begin(10)).headers.get('location')!
      assert.equal((await ask(dropped, { method: 'DELETE', as: ana })).status, 204)
      assert.equal((await ask(dropped, { method: 'HEAD', as: ana })).status, 404)
    })
  })

  it('that nobody kept are let go of, with their bytes, and no others', async () => {
    const drafts = Number((await house.ask(`select count(*)::int as n from files.file where state = 'draft'`))[0]!['n'])
    await house.ask(
      `alter table files.file disable trigger user; update files.file set uploaded_at = now() - interval '31 days' where state = 'draft'; alter table files.file enable trigger user`,
    )
    const taken = await applyRetention({ ...house.system(), database: house.owner }, fileRetention)
    assert.equal(taken['files.draft'], drafts)
    assert.equal(await sweep(house.owner, storage, Date.now() - 60_000), 0)
    assert.ok((await sweep(house.owner, storage, Date.now() + 60_000)) > 0)
    const named = await house.ask(
      'select sha256 from files.file union select sha256 from files.rendition order by sha256',
    )
    const kept: string[] = []
    for await (const { sha256 } of storage.list()) kept.push(sha256)
    assert.deepEqual(
      kept.sort(),
      named.map(({ sha256 }) => sha256),
    )
    assert.ok(kept.length > 0)
  })
})
