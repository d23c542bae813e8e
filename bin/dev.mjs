// `npm run dev`: the server from its sources, started again when one changes; styles and islands are built again when one of theirs does.
import { spawn } from 'node:child_process'
import { existsSync, watch } from 'node:fs'
import { join } from 'node:path'
import { buildAssets } from './assets.mjs'
import { root } from './install.mjs'

await buildAssets()
let pending
for (const folder of ['src/styles', 'src/islands'].map((name) => join(root, name)).filter((path) => existsSync(path)))
  watch(folder, { recursive: true }, () => {
    clearTimeout(pending)
    pending = setTimeout(() => buildAssets().catch((error) => console.error(error.message)), 100)
  })

const watched = ['src', 'demo', 'db/migrations'].filter((name) => existsSync(join(root, name)))
const server = spawn(
  process.execPath,
  [
    '--import',
    './bin/tsx-hook.mjs',
    ...watched.map((name) => `--watch-path=${name}`),
    '--watch-preserve-output',
    'src/main.ts',
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, NODE_ENV: 'development' } },
)
server.on('exit', (code) => process.exit(code ?? 1))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill('SIGTERM'))
