/**
 * Signing in as a browser does it: the real cookies, the real island, and a passkey in an authenticator that the browser plays.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import pino from 'pino'
import { system } from '#kit/access'
import { believed } from '#kit/http'
import { builtAssets, listen } from '#kit/process'
import { invitationPath, inviteSteward } from '#network'
import { fillNetwork } from '#demo/governance'
import { record } from '#kit/record'
import { sql, type Database } from '#kit/db'
import { openHall } from '../../src/app.tsx'
import { openReader } from '../help/browser.ts'
import type { TestHall } from '../help/hall.ts'
import { testDatabase } from '../help/database.ts'
import { beforeLeaving, root } from '../help/ground.ts'

test('the first steward comes in by the console’s link, adds a passkey, and signs in with nothing else', async () => {
  const base = await testDatabase()
  const { database, asOwner } = base
  const office = system(asOwner, 'test')
  await fillNetwork(office)
  // The network of these tests is a demo; this one is meant to be real.
  await record(office, 'network.described', {}, (db) => sql`update network.network set demo = false`.execute(db))
  const failures: unknown[] = []
  const hall = openHall({
    database,
    secret: 'a secret of the tests, and of the tests alone',
    proxies: believed(''),
    ...builtAssets(join(root, 'build/assets')),
    log: pino({ level: 'silent' }),
    onFailure: ({ error }) => void failures.push(error),
  })
  const { address, close } = await listen(hall.fetch as never, { host: '127.0.0.1', port: 41_500, portChosen: false })
  beforeLeaving(close)
  // Passkeys belong to a name; an address in figures has none.
  const baseURL = address.replace('127.0.0.1', 'localhost')
  const site = { hall: Object.assign(hall, { failures }) as unknown as TestHall, address: baseURL, database: base }
  const reader = await openReader({ site, language: 'es', width: 360 })
  const { tab, context } = reader
  const authenticator = await context.newCDPSession(tab)
  await authenticator.send('WebAuthn.enable')
  await authenticator.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await reader.open(invitationPath('es', await inviteSteward(office, '', 'es')))
  await tab.locator('[name=givenNames]').fill('Alba')
  await tab.locator('[name=email]').fill('alba@red.example')
  await tab.locator('[name=emailAgain]').fill('alba@red.example')
  await tab.locator('[name=terms]').check()
  await tab.locator('[name=privacy]').check()
  await tab.getByRole('button', { name: 'Aceptar la invitación' }).click()
  await tab.getByRole('heading', { name: 'Mis datos', level: 1 }).waitFor()
  await reader.arrive()
  // The pages that are one's own, which no link of a visitor leads to, in both directions of writing.
  for (const language of ['es', 'ar'] as const) {
    const own = [
      'network.profile',
      'network.my-data',
      'network.erase',
      'auth.account',
      'auth.password',
      'auth.email',
      'auth.second-factor',
    ]
    for (const name of own) await reader.open(hall.book.address(name, {}, language))
    const [{ id } = { id: '' }] = await who(asOwner)
    await reader.open(hall.book.address('network.claim', { id }, language))
  }

  await reader.open('/es/cuenta')
  await tab.locator('passkey-key [name=name]').fill('Teléfono')
  await tab.getByRole('button', { name: 'Agregar una llave de acceso' }).click()
  await tab.getByText('Teléfono', { exact: true }).waitFor()
  await tab.getByRole('button', { name: 'Salir', exact: true }).click()
  await tab.waitForLoadState('load')
  await reader.open('/es/ingresar?next=/es/funciones')
  await tab.getByRole('button', { name: 'Ingresar con una llave de acceso' }).click()
  await tab.getByRole('heading', { name: 'Funciones', level: 1 }).waitFor()
  await tab.getByRole('heading', { name: 'Administración de la red' }).waitFor()
  await reader.arrive()
  assert.deepEqual(failures, [])
  await reader.close()
})

/** The one person of this network. */
async function who(database: Database): Promise<{ id: string }[]> {
  const everything = { person: null, networkWide: true, institutions: [], countries: [] }
  return database.transaction(
    everything,
    'read',
    async (db) => (await sql<{ id: string }>`select id from network.person`.execute(db)).rows,
  )
}
