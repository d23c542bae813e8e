/**
 * The whole house over a test's database, without a port: requests go through every guard, as from a browser.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import type { Grant } from '#kit/access'
import type { Database } from '#kit/db'
import { believed, type Hall, type Identity } from '#kit/http'
import { builtAssets } from '#kit/process'
import type { Language } from '#kit/words'
import { openHall, type HouseOptions } from '../../src/app.tsx'
// @ts-expect-error -- plain JavaScript, read by any Node; its types are in its comments
import { buildAssets } from '../../bin/assets.mjs'
import { root } from './ground.ts'

/** Someone who has signed in, as far as a page test needs to say. */
export type Someone = { personId: string; name?: string; grants?: readonly Grant[]; language?: Language; zone?: string }

export type TestHall = Hall & {
  /** The cookie of a browser in which this person has signed in. */
  signIn(someone: Someone): string
  /** The errors that were answered with 500, newest last. A page test fails on them by itself. */
  failures: unknown[]
  /** The address of a built file by its plain name. */
  asset(name: string): string
  /** Moves the clock by which the hall answers. */
  setClock(now: Temporal.Instant): void
}

const sessionCookie = 'quipu_test_session'
let assets: ReturnType<typeof builtAssets> | undefined

/**
 * Opens the hall. Who signs in is said by `signIn`, so that a page test need not walk through passwords; the tests of
 * signing in itself are in `#kit/auth`.
 */
export async function testHall(
  database: Database,
  options: { origin?: string | undefined; files?: HouseOptions['files']; running?: HouseOptions['running'] } = {},
): Promise<TestHall> {
  const folder = join(root, 'build/assets')
  if (!existsSync(join(folder, 'manifest.json'))) await buildAssets()
  assets ??= builtAssets(folder)
  const sessions = new Map<string, Identity>()
  const failures: unknown[] = []
  let now: Temporal.Instant | undefined
  const hall = openHall({
    database,
    identify: async (request) =>
      sessions.get(/quipu_test_session=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '') ?? null,
    secret: 'a secret of the tests, and of the tests alone',
    oidc: null,
    ...(options.files && { files: options.files }),
    ...(options.running && { running: options.running }),
    // A test that plays many visitors says who is who by the header of a proxy.
    proxies: believed('127.0.0.1,::1'),
    origin: 'origin' in options ? options.origin : 'http://quipu.test',
    ...assets,
    log: pino({ level: 'silent' }),
    clock: () => now ?? Temporal.Now.instant(),
    onFailure: ({ error }) => void failures.push(error),
  })
  return Object.assign(hall, {
    failures,
    asset: assets.assetPath,
    setClock: (instant: Temporal.Instant) => void (now = instant),
    signIn({ personId, name = 'Alguien', grants = [], language = 'es', zone = 'America/Lima' }: Someone) {
      const id = `session-${sessions.size + 1}`
      const provedAt = now ?? Temporal.Now.instant()
      const session = { id, personId, name, provedAt, secondFactor: true }
      sessions.set(id, { session, grants: [...grants], language, zone })
      return `${sessionCookie}=${id}`
    },
  })
}
