import { defineLetter, postLetter, type Block, type Letter } from '#kit/mail'
import { speak } from '#kit/words'
import type { Database } from '#kit/db'
import type { Language } from '#kit/words'
import { nobody } from './log.ts'
import { words } from './words/index.ts'

/** The letters of the sign-in. A page says the same to whoever asks: whether an address has an account is told to its mailbox alone. */
export type LetterKind =
  | 'sign-in'
  | 'join'
  | 'no-account'
  | 'reset'
  | 'email-change'
  | 'email-changed'
  | 'password-changed'

/** `link` is a path of this installation, `code` the six digits, `minutes` how long both hold. */
export type LetterValues = { link?: string; code?: string; minutes?: number }

const letIn = new Set<LetterKind>(['sign-in', 'join', 'reset', 'email-change'])

export const letters = Object.fromEntries(
  (['sign-in', 'join', 'no-account', 'reset', 'email-change', 'email-changed', 'password-changed'] as const).map(
    (kind) => [kind, signingLetter(kind)],
  ),
) as Record<LetterKind, Letter<LetterValues>>

function signingLetter(kind: LetterKind): Letter<LetterValues> {
  return defineLetter<LetterValues>(
    `auth.${kind}`,
    ({ link, code, minutes }, { language }) => {
      const t = speak(words, language)
      const blocks: Block[] = [{ kind: 'text', text: t(`letter.${kind}.text`) }]
      if (link) blocks.push({ kind: 'button', label: t(`letter.${kind}.button` as 'letter.reset.button'), href: link })
      if (code)
        blocks.push(
          { kind: 'text', text: t('letter.code') },
          { kind: 'code', code: `${code.slice(0, 3)} ${code.slice(3)}` },
        )
      if (minutes) blocks.push({ kind: 'note', text: t('letter.holds', { count: minutes }) })
      blocks.push({ kind: 'note', text: t(`letter.${kind}.not-you`) })
      return { subject: t(`letter.${kind}.subject`), preview: t(`letter.${kind}.text`), blocks }
    },
    { secret: letIn.has(kind) },
  )
}

/** Puts a letter into the outbox: the one place of the sign-in that sends. */
export async function sendSigningLetter(
  database: Database,
  kind: LetterKind,
  to: { email: string; language: Language; personId: string | null },
  values: LetterValues = {},
): Promise<void> {
  const correspondent = { personId: to.personId, address: to.email, language: to.language }
  await database.transaction(nobody, 'write', (db) => postLetter(db, letters[kind], correspondent, values))
}
