/**
 * Runs one import in a process of its own, for the test that kills it: `killed.ts <owner's address> <import> <rows>`.
 * Says `at <row>` after each batch that is safe.
 */
import { openDatabase } from '#kit/db'
import { runImport } from '../work/run.ts'
import { manyMuseums } from './many.ts'

const [address = '', id = '', rows = '0'] = process.argv.slice(2)
const database = openDatabase({ address, connections: 2 })
await runImport(database, manyMuseums(Number(rows)), id, async (row) => void process.stdout.write(`at ${row}\n`))
await database.close()
