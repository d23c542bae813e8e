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
import { sql } from '#kit/db'
import { openHall } from '../../src/app.tsx'
import { browser } from '../help/browser.ts'
import { testDatabase } from '../help/database.ts'
import { beforeLeaving, root } from '../help/ground.ts'

test('the first steward comes in by the console’s link, adds a passkey, and signs in with nothing else', async () => {
  const { database, asOwner } = await testDatabase()
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
  const context = await (await browser()).newContext({ baseURL, viewport: { width: 360, height: 800 } })
  const tab = await context.newPage()
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
  const faults: string[] = []
  tab.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())))
  tab.on('pageerror', (error) => void faults.push(error.message))

  await tab.goto(invitationPath('es', await inviteSteward(office, '', 'es')))
  await tab.locator('[name=givenNames]').fill('Alba')
  await tab.locator('[name=email]').fill('alba@red.example')
  await tab.locator('[name=emailAgain]').fill('alba@red.example')
  await tab.locator('[name=terms]').check()
  await tab.locator('[name=privacy]').check()
  await tab.getByRole('button', { name: 'Aceptar la invitación' }).click()
  await tab.getByRole('heading', { name: 'Mis datos', level: 1 }).waitFor()

  await tab.goto('/es/cuenta')
  await tab.locator('passkey-key [name=name]').fill('Teléfono')
  await tab.getByRole('button', { name: 'Agregar una llave de acceso' }).click()
  await tab.getByText('Teléfono', { exact: true }).waitFor()
  await tab.getByRole('button', { name: 'Salir', exact: true }).click()
  await tab.waitForLoadState('load')
  assert.equal((await tab.goto('/es/funciones'))?.status(), 403)

  faults.length = 0
  await tab.goto('/es/ingresar?next=/es/funciones')
  await tab.getByRole('button', { name: 'Ingresar con una llave de acceso' }).click()
  await tab.getByRole('heading', { name: 'Funciones', level: 1 }).waitFor()
  await tab.getByRole('heading', { name: 'Administración de la red' }).waitFor()
  assert.deepEqual(failures, [])
  assert.deepEqual(faults, [])
  await context.close()
})
