// Migrates a scratch database and writes down what came of it: `src/kit/db/schema.ts` (types), `db/schema.sql` (the catalogue).
// With `--check` nothing is written; the status says whether what is kept is current.
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeDatabase, migrate } from '../src/kit/db/index.ts'
import { prepareDatabase, startCluster } from '../src/kit/postgres/index.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Text of both generated files, made from a database that the migrations have just built. */
export async function generated(ownerAddress) {
  const scratch = await mkdtemp(join(tmpdir(), 'quipu-types-'))
  try {
    const out = join(scratch, 'schema.ts')
    const mapping = { timestamptz: 'string', timestamp: 'string', date: 'string', interval: 'string', daterange: 'string', tstzrange: 'string', int4range: 'string', int8: 'number', bytea: 'Buffer', xid8: 'string', pg_snapshot: 'string', jsonb: 'any', json: 'any' }
    execFileSync(process.execPath, [join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'), '--dialect', 'postgres', '--camel-case', '--url', ownerAddress, '--out-file', out,
      '--exclude-pattern', '(graphile_worker|house).*', '--type-mapping', JSON.stringify(mapping), '--log-level', 'error'], { stdio: ['ignore', 'ignore', 'inherit'] })
    return { 'src/kit/db/schema.ts': await readFile(out, 'utf8'), 'db/schema.sql': await describeDatabase(ownerAddress) }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = await mkdtemp(join(tmpdir(), 'quipu-types-db-'))
  const cluster = await startCluster({ folder, durable: false })
  let stale = 0
  try {
    const { ownerAddress } = await prepareDatabase(cluster.superuserAddress, 'quipu')
    await migrate(ownerAddress, join(root, 'db/migrations'))
    for (const [file, text] of Object.entries(await generated(ownerAddress))) {
      const kept = await readFile(join(root, file), 'utf8').catch(() => '')
      if (kept === text) continue
      stale += 1
      if (process.argv.includes('--check')) console.error(`${file} is not current: npm run types`)
      else await writeFile(join(root, file), text)
    }
  } finally {
    await cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
  process.exitCode = process.argv.includes('--check') && stale > 0 ? 1 : 0
}
