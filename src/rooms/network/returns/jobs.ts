import { sql } from '#kit/db'
import { renderDocument } from '#kit/documents'
import { addFile, receive, type Storage } from '#kit/files'
import { defineTask, GivesUp, type AnyTask } from '#kit/jobs'
import { read, record } from '#kit/record'
import type { Language } from '#kit/words'
import { resultDocument } from './document.ts'
import { findResult } from './queries.ts'

type Payload = { returnId: string; language: Language; progressId?: string }

let storage: Storage | undefined

/** Sets a museum's result as an accessible PDF and keeps it among the museum's files. */
export const setReturn = defineTask<Payload>(
  'returns.print',
  async ({ returnId, language }, { actor, progress }) => {
    if (storage === undefined) throw new GivesUp('returnTasks was not told where files lie')
    const { result, network } = await read(actor, async (db) => {
      const { rows } = await sql<{ name: string | null }>`
        select text.reads(name_id, ${language}) as name from network.network`.execute(db)
      return { result: await findResult(actor, db, returnId), network: rows[0]?.name ?? '' }
    })
    await progress.step({ done: 0, total: 1 })
    const made = actor.now.toZonedDateTimeISO(result.instrument.zone).toPlainDate().toString()
    const { pdf } = await renderDocument('report', resultDocument(result, network, language, made), {
      language,
      country: result.countryCode,
      made,
    })
    const name = `${result.instrument.code}-${result.instrument.year}-${result.slug}.pdf`
    const received = await receive(storage, once(pdf), { name }, { accept: ['application/pdf'] })
    const file = await record(actor, 'result.set', { about: { kind: 'return', id: returnId } }, (db, deed) =>
      addFile(actor, db, deed, received!, {
        state: 'kept',
        keeper: result.institutionId,
        about: { kind: 'return', id: returnId },
        language,
      }),
    )
    await progress.step({ done: 1, total: 1 })
    progress.finish({ file })
  },
  { attempts: 3 },
)

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** For the jobs' process: sets results and keeps them where files are. */
export const returnTasks = (given: { storage: Storage }): AnyTask[] => {
  storage = given.storage
  return [setReturn]
}
