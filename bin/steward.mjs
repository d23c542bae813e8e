// `npm run steward [-- address]`: prints a single-use link by which a steward comes in; with an address, only its holder's account is made.
import { openDatabase } from '../src/kit/db/index.ts'
import { stewardLink } from '../src/steward.ts'
import { command } from './command.mjs'

await command(async ({ settings, ownerAddress }) => {
  const address = process.argv[2] ?? ''
  if (address !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address))
    throw Object.assign(new Error(`“${address}” is not an address like name@museum.example.`), { name: 'StartRefused' })
  const database = openDatabase({ address: ownerAddress, connections: 1 })
  const path = await stewardLink(database, address)
  await database.close()
  console.log(
    `Single use, good for two days: ${settings.publicAddress ?? `http://${settings.host}:${settings.port}`}${path}`,
  )
})
