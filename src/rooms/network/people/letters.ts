import { defineLetter, type Block } from '#kit/mail'
import { isLanguage, languages, speak, type Language } from '#kit/words'
import { words } from './words/index.ts'

/** An invitation: who invites, what they add, and the link that is its only key. */
export const invitationLetter = defineLetter<{ token: string; inviter: string; message: string; days: number }>(
  'network.invitation',
  ({ token, inviter, message, days }, { language }) => {
    const t = speak(words, language)
    const text = inviter ? t('letter.invitation.text', { name: inviter }) : t('letter.invitation.text-office')
    const blocks: Block[] = [
      { kind: 'text', text },
      ...(message ? [{ kind: 'quote' as const, text: message }] : []),
      { kind: 'button', label: t('letter.invitation.button'), href: invitationPath(language, token) },
      { kind: 'note', text: t('letter.invitation.holds', { count: days }) },
      { kind: 'note', text: t('letter.invitation.not-you') },
    ]
    return { subject: t('letter.invitation.subject'), preview: text, blocks }
  },
  { secret: true },
)

/** The path of an invitation's page: letters and the console have no address book. */
export function invitationPath(language: Language, token: string): string {
  const spoken = isLanguage(language) ? language : languages[0]
  return `/${spoken}/${encodeURIComponent(speak(words, spoken)('path.invitation'))}/${token}`
}
