// `npm start`: installs what is missing, builds what has changed, and runs the server under the Node that Quipu brings along.
// Plain JavaScript that any Node from 20 up can read.
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { isBuilt } from './build.mjs'
import { ensureInstalled, fail, ownNode, root } from './install.mjs'

const words = process.argv.slice(2)
if (words.includes('--help') || words.includes('-h')) help()
if (words.length > 0) fail(`npm start knows no “${words.join(' ')}”; npm start -- --help lists its settings.`)
if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Quipu starts under Node 20 or newer; this is ${process.version}.`)

ensureInstalled({ dev: false })
const node = ownNode()
if (!isBuilt()) {
  const { status } = spawnSync(node, [join(root, 'bin/build.mjs')], { cwd: root, stdio: 'inherit' })
  if (status !== 0) fail('The build failed: see the message above.')
}

const server = spawn(node, ['--enable-source-maps', join(root, 'build/server/main.js')], {
  cwd: root,
  // Through the fourth one the server learns that it should end, also when this process is killed.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, NODE_ENV: 'production', NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled') },
})
server.on('error', (error) => fail(`The server could not be started: ${error.message}`))
server.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
// Ctrl-C reaches the server too; that it hears of it twice does no harm.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    if (server.connected) server.send('end')
  })

function help() {
  const settings = JSON.parse(readFileSync(join(root, 'src/settings.json'), 'utf8'))
  const wide = Math.max(...settings.map(({ name }) => name.length)) + 2
  const lines = settings.map(({ name, default: value, meaning }) => {
    const text = value ? `${meaning} Without it: ${value}` : meaning
    return name.padEnd(wide) + wrap(text, 100 - wide).join('\n' + ' '.repeat(wide))
  })
  console.log(
    `npm start\n\nStarts Quipu. Settings are read from the environment; all are optional.\n\n${lines.join('\n')}`,
  )
  process.exit(0)
}

function wrap(text, width) {
  const lines = ['']
  for (const word of text.split(' ')) {
    if (lines.at(-1).length + word.length + 1 > width) lines.push(word)
    else lines.push(`${lines.pop()} ${word}`.trimStart())
  }
  return lines
}
