/**
 * `npm run bench [-- room …]`: runs `bench/<room>.ts`, each figure one line of JSON. `limit` is what this machine can do, measured in
 * the same run; `ratio` is value to limit; `target` is what is promised, and `ok` whether it holds. Leaves with 1 when something does not.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, migrate, type Database } from '#kit/db'
import { prepareDatabase, startCluster } from '#kit/postgres'

/** A figure: `better` says whether more is better, or less. */
export type Figure = {
  name: string
  value: number
  unit: string
  limit?: number
  target?: number
  better: 'more' | 'less'
}

/** What a bench stands on: a PostgreSQL of its own, migrated and empty, and how to tell a figure. */
export type Ground = {
  database: Database
  asOwner: Database
  addresses: { superuser: string; owner: string; app: string }
  tell: (figure: Figure) => void
  say: (sentence: string) => void
}

const root = join(import.meta.dirname, '..')
const tools = ['run.ts', 'measure.ts', 'requests.ts', 'plausible.ts']
const benches = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !tools.includes(file))
  .map((file) => file.slice(0, -'.ts'.length))

const asked = process.argv.slice(2)
for (const name of asked) {
  if (!existsSync(join(import.meta.dirname, `${name}.ts`))) {
    console.error(`There is no bench named “${name}”. There are: ${benches.join(', ')}.`)
    process.exit(1)
  }
}

let missed = 0
for (const name of asked.length > 0 ? asked : benches) {
  const { bench } = (await import(join(import.meta.dirname, `${name}.ts`))) as {
    bench: (ground: Ground) => Promise<void>
  }
  await onGround((ground) => bench(ground))
}
process.exit(missed > 0 ? 1 : 0)

/** Starts a PostgreSQL with the settings of a real installation, and takes everything away at the end, however it ends. */
async function onGround(work: (ground: Ground) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'quipu-bench-'))
  const cluster = await startCluster({ folder })
  const opened: Database[] = []
  try {
    const { ownerAddress, appAddress } = await prepareDatabase(cluster.superuserAddress, 'quipu')
    await migrate(ownerAddress, join(root, 'db/migrations'))
    const open = (address: string) => {
      const database = openDatabase({ address })
      opened.push(database)
      return database
    }
    await work({
      database: open(appAddress),
      asOwner: open(ownerAddress),
      addresses: { superuser: cluster.superuserAddress, owner: ownerAddress, app: appAddress },
      tell,
      say: (sentence) => console.error(sentence),
    })
  } finally {
    for (const database of opened) await database.close()
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function tell({ name, value, unit, limit, target, better }: Figure): void {
  const ok = target === undefined || (better === 'more' ? value >= target : value <= target)
  if (!ok) missed += 1
  const rounded = (number: number | undefined) => (number === undefined ? null : Number(number.toPrecision(4)))
  const ratio = limit ? value / limit : undefined
  console.log(
    JSON.stringify({
      name,
      value: rounded(value),
      unit,
      limit: rounded(limit),
      ratio: rounded(ratio),
      target: target ?? null,
      ok,
    }),
  )
}
