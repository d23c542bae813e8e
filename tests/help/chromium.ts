/**
 * The browser of the tests: the one inside the npm package `@sparticuz/chromium` on Linux (x64), unpacked once beside the
 * packages; elsewhere the installed one, or that which `QUIPU_BROWSER` names.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const packages = join(import.meta.dirname, '../../node_modules')

/** Starts the browser. Throws a sentence that says what to do when there is none on this machine. */
export async function launchBrowser(): Promise<Browser> {
  const installed = process.env.QUIPU_BROWSER
  if (!installed && process.platform === 'linux' && process.arch === 'x64') {
    const folder = await unpacked()
    return chromium.launch({
      executablePath: join(folder, 'chromium'),
      args,
      env: {
        ...process.env,
        // The package carries the libraries that a bare server lacks, and one font.
        LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
        FONTCONFIG_FILE: join(folder, 'fonts.conf'),
        HOME: tmpdir(),
      },
    })
  }
  try {
    return await chromium.launch(installed ? { executablePath: installed } : { channel: 'chrome' })
  } catch (error) {
    throw new Error('The browser tests need Chrome: install it, or name a Chromium in QUIPU_BROWSER.', { cause: error })
  }
}

// Chrome's own sandbox needs rights that root in a container lacks; the pages it opens here are all our own.
const args = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none']

async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(packages, '@sparticuz/chromium/package.json'), 'utf8'))
  const cache = join(packages, '.cache/quipu')
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) return folder
  // Unpacked beside and renamed, so that a run that was stopped half-way leaves no broken browser behind.
  const fresh = join(cache, `chromium-${version}.${process.pid}`)
  mkdirSync(fresh, { recursive: true })
  await inFolder(fresh, async () => {
    const { inflate } = await import('@sparticuz/chromium')
    const parts = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']
    await Promise.all(parts.map((part) => inflate(join(packages, '@sparticuz/chromium/bin', part))))
  })
  writeFileSync(join(fresh, 'fonts.conf'), fontsIn(folder))
  try {
    renameSync(fresh, folder)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

/** The package unpacks into the temporary folder, wherever that is at the moment. */
async function inFolder(folder: string, work: () => Promise<void>) {
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    await work()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

function fontsIn(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`
}
