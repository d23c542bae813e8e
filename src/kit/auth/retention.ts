import { sql } from '#kit/db'
import type { Retention } from '#kit/jobs'

/** What the night removes of the sign-in: its log past its time, and sessions, links and codes that are long over. */
export const authRetention: Retention[] = [
  {
    code: 'auth.sign-in-log',
    apply: async (db, { before }) =>
      counted(await sql`delete from auth.sign_in_log where at < ${before}::timestamptz`.execute(db)),
  },
  {
    code: 'auth.ended',
    async apply(db, { before }) {
      const sessions = await sql`delete from auth.session where expires_at < ${before}::timestamptz`.execute(db)
      const letters = await sql`delete from auth.verification where expires_at < ${before}::timestamptz`.execute(db)
      return counted(sessions) + counted(letters)
    },
  },
]

const counted = (result: { numAffectedRows?: bigint | undefined }): number => Number(result.numAffectedRows ?? 0n)
