// `npm run backup [-- folder]`: writes a backup while the server serves, by default into QUIPU_DATA/backups.
import { join, resolve } from 'node:path'
import { backup } from '../src/kit/backup/index.ts'
import { command } from './command.mjs'

await command(async ({ settings, ownerAddress }) => {
  const { file, manifest } = await backup({
    ownerAddress,
    filesFolder: join(settings.dataFolder, 'files'),
    into: process.argv[2] ? resolve(process.argv[2]) : join(settings.dataFolder, 'backups'),
    secret: { value: settings.secret, kept: settings.secretKept },
    now: Temporal.Now.instant(),
  })
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  console.log(`${file}: ${manifest.tables.length} tables, ${rows} rows, ${manifest.files.length} files.`)
})
