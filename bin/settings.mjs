// Writes the table of settings into docs/steward/configure.md from src/settings.json: `node bin/settings.mjs`. A test says when it is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = join(root, 'docs/steward/configure.md')

/** The page with its table as the settings are now, and as it stands. */
export function settingsPage() {
  const settings = JSON.parse(readFileSync(join(root, 'src/settings.json'), 'utf8'))
  const rows = settings.map(
    ({ name, default: value, meaning }) => `| \`${name}\` | ${value && `\`${value}\``} | ${meaning} |`,
  )
  const table = ['| setting | without it | meaning |', '| --- | --- | --- |', ...rows].join('\n')
  const stands = readFileSync(page, 'utf8')
  const wanted = stands.replace(/(<!-- settings[^\n]*-->\n)[^]*?(<!-- end of settings -->)/, `$1\n${table}\n\n$2`)
  return { wanted, stands }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, settingsPage().wanted)
