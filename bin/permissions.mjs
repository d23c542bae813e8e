// `npm run permissions`: prints who may do what; `-- --write` keeps it in docs/developer/permissions.md, which a test compares.
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { matrix } from '../src/permissions.ts'

/** The matrix as a page of the documents. */
export function permissionsPage() {
  const list = (/** @type {string[]} */ names) => names.join(', ') || '–'
  const rooms = matrix().map(
    ({ room, rows }) =>
      `## ${room}\n\n| deed | everywhere | own |\n| --- | --- | --- |\n${rows.map(({ deed, everywhere, own }) => `| \`${deed}\` | ${list(everywhere)} | ${list(own)} |\n`).join('')}`,
  )
  return `# Who may do what

Written by \`npm run permissions -- --write\` from the \`deeds\` of each room’s \`access.ts\`; a test compares. **everywhere**: in every country
and institution; **own**: in the scope of the role, or of themselves. Who is not named may not.

${rooms.join('\n')}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = permissionsPage()
  if (process.argv.includes('--write'))
    await writeFile(new URL('../docs/developer/permissions.md', import.meta.url), text)
  else process.stdout.write(text)
}
