import PostalMime from 'postal-mime'

/** What a returned message says: that a letter could not be delivered (for good or for now), or that somebody marked it as unwanted. */
export type Returned =
  | {
      kind: 'bounced'
      permanent: boolean
      recipient: string | null
      messageId: string | null
      status: string | null
      diagnostic: string | null
    }
  | { kind: 'complained'; recipient: string | null; messageId: string | null }

/**
 * Reads a returned message: a delivery status notification (RFC 3464) or an abuse report (RFC 5965). Null for anything else (an out-of-office note, a person's answer).
 * Never throws on malformed mail.
 */
export async function readReturned(raw: Uint8Array | string): Promise<Returned | null> {
  let email
  try {
    email = await PostalMime.parse(raw, {
      forceRfc822Attachments: true,
      attachmentEncoding: 'utf8',
      maxNestingDepth: 20,
      maxHeadersSize: 256 * 1024,
    })
  } catch {
    return null
  }
  const part = (type: string) =>
    email.attachments.find(({ mimeType }) => mimeType === type)?.content?.toString() ?? null
  const original = part('message/rfc822') ?? part('text/rfc822-headers') ?? part('message/rfc822-headers')
  const messageId = original ? bare(field(original, 'Message-ID')) : null
  const report = part('message/feedback-report')
  if (report) {
    const recipient = address(field(report, 'Original-Rcpt-To')) ?? (original ? address(field(original, 'To')) : null)
    return { kind: 'complained', recipient, messageId }
  }
  const status = part('message/delivery-status')
  if (!status) return null
  const action = field(status, 'Action')?.toLowerCase()
  if (action !== 'failed' && action !== 'delayed') return null
  const code = /\b([245])\.\d{1,3}\.\d{1,3}\b/u.exec(field(status, 'Status') ?? '')
  return {
    kind: 'bounced',
    permanent: action === 'failed' && code?.[1] !== '4' && !/^5\.(?:2\.2|3|4|7)/u.test(code?.[0] ?? ''),
    recipient: address(field(status, 'Original-Recipient')) ?? address(field(status, 'Final-Recipient')),
    messageId,
    status: code?.[0] ?? null,
    diagnostic: field(status, 'Diagnostic-Code')?.slice(0, 300) ?? null,
  }
}

/** The value of a header-like field, folded lines joined. */
function field(text: string, name: string): string | null {
  const found = new RegExp(`^${name}:[ \\t]*(.*(?:\\r?\\n[ \\t]+.*)*)`, 'imu').exec(text)
  return found ? found[1]!.replaceAll(/\r?\n[ \t]+/gu, ' ').trim() : null
}

function bare(messageId: string | null): string | null {
  return messageId ? messageId.replace(/^<|>$/gu, '') : null
}

function address(value: string | null): string | null {
  return value ? (/[^\s<>;,"]+@[^\s<>;,"]+/u.exec(value)?.[0].toLowerCase() ?? null) : null
}
