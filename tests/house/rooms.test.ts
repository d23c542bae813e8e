import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { posix } from 'node:path'
import { furnishers, mayEnter, type Room } from '../../src/house.ts'
import { filesLike, importsOf, parse, sources, textOfFile, type Import } from './sources.ts'

const rooms = Object.keys(mayEnter) as Room[]
const doors: Record<string, string> = JSON.parse(textOfFile('package.json')).imports

type Place = { room: Room } | { tool: string } | { furnisher: true } | { house: true }

function placeOf(path: string): Place {
  const [, kind, name] = /^src\/(rooms|kit)\/([^/]+)\//.exec(path) ?? []
  if (kind === 'rooms') return { room: name as Room }
  if (kind === 'kit') return { tool: name! }
  return furnishers.some((known) => path === known || (known.endsWith('/') && path.startsWith(known)))
    ? { furnisher: true }
    : { house: true }
}

const isTest = (path: string) => /\/tests\//.test(path) || path.startsWith('tests/')

/** What is wrong with one import, in a sentence; nothing when it may stand. */
function faultOf(path: string, { from, typesOnly }: Import): string | undefined {
  const place = placeOf(path)
  if (/^#(?:(?:help|demo)\/|permissions$)/.test(from))
    return isTest(path) || path.startsWith('bench/')
      ? undefined
      : 'only tests may ask the tests’ help, the demo’s people and the matrix of permissions'
  if (from.startsWith('#kit/')) {
    if (!/^#kit\/[a-z-]+$/.test(from)) return 'a tool is entered by its door, `#kit/<tool>`'
    return 'tool' in place && from === `#kit/${place.tool}` && !isTest(path) ? 'a tool enters its own door' : undefined
  }
  if (from.startsWith('#')) {
    const room = from.slice(1) as Room
    if (!(from in doors) || !rooms.includes(room)) return `there is no door ${from}`
    if ('tool' in place) return 'the kit knows no room'
    if ('house' in place) return 'only the furnishers of the house enter rooms (src/house.ts)'
    if ('room' in place && !mayEnter[place.room].includes(room))
      return `${place.room} may not enter ${room} (src/house.ts)`
    return undefined
  }
  if (from.startsWith('.')) {
    const target = posix.join(posix.dirname(path), from)
    const there = placeOf(target)
    if (!/\.(ts|tsx|json|mjs|js|css)$/.test(from)) return 'a relative import carries its extension'
    if (isTest(path) && target.startsWith('bin/')) return undefined
    if ('room' in there && (!('room' in place) || place.room !== there.room)) return 'a room is entered by its door'
    if ('tool' in there && (!('tool' in place) || place.tool !== there.tool)) return 'a tool is entered by its door'
    if ('tool' in place && !('tool' in there)) return 'the kit rests on nothing outside the kit'
    if ('room' in place && !('room' in there)) return 'a room does not climb out'
    return purityFault(path, target, typesOnly)
  }
  return undefined
}

/** Which files of a room may know the database, the record or the clock. */
function purityFault(path: string, target: string, typesOnly: boolean): string | undefined {
  if (
    /^src\/rooms\/.*\/views\//.test(path) &&
    !isTest(path) &&
    !typesOnly &&
    /\/(queries|actions|access|routes)(\.tsx?|\/)/.test(target)
  ) {
    return 'a view knows queries by their types only'
  }
  return undefined
}

describe('the order of the rooms', () => {
  it('holds for every import', (t: TestContext) => {
    let edges = 0
    const faults: string[] = []
    for (const source of sources()) {
      for (const one of importsOf(source)) {
        edges += 1
        const fault = faultOf(source.path, one)
        if (fault) faults.push(`${source.path}:${one.line} imports ${one.from}: ${fault}`)
      }
    }
    t.diagnostic(`examined ${sources().length} files and ${edges} imports`)
    assert.ok(sources().length >= 100 && edges >= 400, 'the law went blind')
    assert.deepEqual(faults, [])
  })

  it('has no cycle, neither as written down nor as imported', (t: TestContext) => {
    const paths = new Set(sources().map(({ path }) => path))
    const graph = new Map<string, string[]>()
    for (const source of sources()) {
      const targets = importsOf(source)
        .filter(({ typesOnly }) => !typesOnly)
        .map(({ from }) => resolved(source.path, from))
        .filter((target) => target !== undefined && paths.has(target))
      graph.set(source.path, targets as string[])
    }
    const edges = [...graph.values()].flat().length
    t.diagnostic(`examined ${rooms.length} rooms and ${edges} imports between files`)
    assert.ok(edges >= 200, 'the law went blind')
    assert.deepEqual(cyclesOf(new Map(Object.entries(mayEnter) as [string, string[]][])), [])
    assert.deepEqual(cyclesOf(graph), [])
  })

  it('gives every room that is built its door and its furniture', (t: TestContext) => {
    const built = new Set(filesLike('src/rooms/*/**/*.{ts,tsx}').map((path) => path.split('/')[2]!))
    t.diagnostic(`examined ${built.size} rooms`)
    assert.ok(built.size >= 1)
    for (const room of built) {
      assert.ok(rooms.includes(room as Room), `src/rooms/${room} is not a room of src/house.ts`)
      assert.equal(doors[`#${room}`], `./src/rooms/${room}/index.ts`, `package.json#imports lacks the door of ${room}`)
      assert.equal(filesLike(`src/rooms/${room}/index.ts`).length, 1, `${room} has no door`)
      assert.ok(filesLike(`src/rooms/${room}/**/words/es.json`).length > 0, `${room} has no words`)
      assert.ok(filesLike(`src/rooms/${room}/**/tests/*.test.{ts,tsx}`).length > 0, `${room} has no tests`)
    }
  })

  it('refuses what it should: the law is tried on imports made for it', () => {
    const [file] = parse(['wrong.ts'], {
      'wrong.ts': `import type { A } from '#network'\nimport { b } from '#kit/db/postgres.ts'\nconst c = () => import('#front')\nexport * from '../kit/db/postgres.ts'\nlet d: import('#calls').D`,
    })
    const imports = importsOf(file!)
    assert.equal(imports.length, 5)
    const faults = (path: string) =>
      imports.map((one) => faultOf(path, one)).filter((fault) => fault !== undefined).length
    assert.equal(faults('src/kit/db/wrong.ts'), 5)
    assert.equal(faults('src/rooms/network/queries.ts'), 5)
    assert.equal(faults('src/rooms/front/queries.ts'), 4)
    assert.deepEqual(
      cyclesOf(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['a']],
          ['d', ['a']],
        ]),
      ),
      [['a', 'b', 'c']],
    )
  })
})

describe('rules, forms and views', () => {
  it('know neither database nor clock', (t: TestContext) => {
    const faults: string[] = []
    let examined = 0
    for (const source of sources()) {
      const pure = /^src\/rooms\/.*\/(?:rules|forms)(?:\.ts|\/)|\/views\//.test(source.path) && !isTest(source.path)
      if (!pure) continue
      examined += 1
      for (const { from, line, typesOnly } of importsOf(source)) {
        if (!typesOnly && /^(#kit\/(db|record|jobs|mail|files|postgres)|pg|kysely|node:(?!path))/.test(from)) {
          faults.push(`${source.path}:${line} imports ${from}`)
        }
      }
      const clock = /\bTemporal\.Now\b|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b/.exec(source.text)
      if (clock) faults.push(`${source.path} asks ${clock[0]}: the clock is a parameter`)
    }
    t.diagnostic(`examined ${examined} files`)
    assert.ok(examined >= 2, 'the law went blind')
    assert.deepEqual(faults, [])
  })
})

function resolved(path: string, from: string): string | undefined {
  if (from.startsWith('.')) return posix.join(posix.dirname(path), from)
  const [, tool] = /^#kit\/(.+)$/.exec(from) ?? []
  if (tool) return `src/kit/${tool}/index.ts`
  return doors[from]?.replace(/^\.\//, '')
}

/** The cycles of a graph: each as its members, sorted (Tarjan's strongly connected components). */
function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []
  const visit = (node: string) => {
    index.set(node, index.size)
    low.set(node, index.get(node)!)
    stack.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next)
      if (stack.includes(next)) low.set(node, Math.min(low.get(node)!, low.get(next)!))
    }
    if (low.get(node) !== index.get(node)) return
    const members = stack.splice(stack.indexOf(node))
    if (members.length > 1 || graph.get(node)?.includes(node)) found.push(members.sort())
  }
  for (const node of graph.keys()) if (!index.has(node)) visit(node)
  return found
}
