// `npm run restore -- file`: fills an empty database and the folder of files from a backup. The server must not be running.
import { join, resolve } from 'node:path'
import { restore } from '../src/kit/backup/index.ts'
import { command, migrationsFolder } from './command.mjs'

const [file] = process.argv.slice(2)
if (!file) {
  console.error('Say which backup: npm run restore -- data/backups/quipu-….zip')
  process.exit(1)
}
await command(
  async ({ settings, ownerAddress }) => {
    const manifest = await restore({
      file: resolve(file),
      ownerAddress,
      migrationsFolder,
      filesFolder: join(settings.dataFolder, 'files'),
      secret: { value: settings.secret, file: settings.secretKept ? join(settings.dataFolder, 'secret') : null },
      log: console.log,
    })
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    console.log(
      `Restored what was there on ${manifest.at}: ${manifest.tables.length} tables, ${rows} rows, ${manifest.files.length} files. Every hash is right. Start with: npm start`,
    )
  },
  { alone: true },
)
