import { createPublicKey } from 'node:crypto'

/** DNS as far as this asks it: `node:dns/promises` fits. Missing names reject with ENOTFOUND or ENODATA. */
export type Resolver = { resolveTxt(name: string): Promise<string[][]> }

/** One thing that receiving hosts look for. `wanted` is a record that would do, to be given to whoever keeps the domain. */
export type SenderCheck = {
  name: 'spf' | 'dkim' | 'dmarc'
  state: 'good' | 'missing' | 'several' | 'open' | 'weak' | 'revoked' | 'other-key' | 'not-set' | 'unreachable'
  where: string
  found: string | null
  wanted: string | null
}

/**
 * Checks what a domain's DNS says of its senders: SPF (RFC 7208), DKIM (RFC 6376) against our own key, DMARC (RFC 7489). Asks only for TXT records;
 * whether the relay's own address is among those that SPF names is for the test letter to show.
 */
export async function checkSender(
  domain: string,
  resolver: Resolver,
  options: { dkim?: { selector: string; privateKey: string } | null; relay?: string | null } = {},
): Promise<SenderCheck[]> {
  return [
    await checkSpf(domain, resolver, options.relay ?? null),
    await checkDkim(domain, resolver, options.dkim ?? null),
    await checkDmarc(domain, resolver),
  ]
}

async function checkSpf(domain: string, resolver: Resolver, relay: string | null): Promise<SenderCheck> {
  const wanted = `v=spf1 ${relay ? `a:${relay} ` : 'mx '}~all`
  const check = (state: SenderCheck['state'], found: string | null): SenderCheck => ({
    name: 'spf',
    state,
    where: domain,
    found,
    wanted: state === 'good' ? null : wanted,
  })
  const records = await texts(domain, resolver)
  if (!records) return check('unreachable', null)
  const spf = records.filter((record) => /^v=spf1(?: |$)/iu.test(record))
  if (spf.length === 0) return check('missing', null)
  if (spf.length > 1) return check('several', spf.join('\n'))
  const all = /(?:^|\s)([+?~-]?)all(?:\s|$)/iu.exec(spf[0]!)
  if (all && (all[1] === '' || all[1] === '+')) return check('open', spf[0]!)
  if (all?.[1] === '?' || (!all && !/\sredirect=/iu.test(spf[0]!))) return check('weak', spf[0]!)
  return check('good', spf[0]!)
}

async function checkDkim(
  domain: string,
  resolver: Resolver,
  dkim: { selector: string; privateKey: string } | null,
): Promise<SenderCheck> {
  if (!dkim) return { name: 'dkim', state: 'not-set', where: domain, found: null, wanted: null }
  const where = `${dkim.selector}._domainkey.${domain}`
  const key = createPublicKey(dkim.privateKey)
  const ours = publicPart(dkim.privateKey)
  const wanted = `v=DKIM1; k=${key.asymmetricKeyType === 'ed25519' ? 'ed25519' : 'rsa'}; p=${ours}`
  const check = (state: SenderCheck['state'], found: string | null): SenderCheck => ({
    name: 'dkim',
    state,
    where,
    found,
    wanted: state === 'good' ? null : wanted,
  })
  const records = await texts(where, resolver)
  if (!records) return check('unreachable', null)
  const found = records.filter((record) => tag(record, 'p') !== null)
  if (found.length === 0) return check('missing', null)
  if (found.length > 1) return check('several', found.join('\n'))
  const theirs = tag(found[0]!, 'p')
  if (theirs === '') return check('revoked', found[0]!)
  return check(theirs === ours ? 'good' : 'other-key', found[0]!)
}

async function checkDmarc(domain: string, resolver: Resolver): Promise<SenderCheck> {
  const where = `_dmarc.${domain}`
  const check = (state: SenderCheck['state'], at: string, found: string | null): SenderCheck => ({
    name: 'dmarc',
    state,
    where: at,
    found,
    wanted: state === 'good' ? null : `v=DMARC1; p=quarantine; rua=mailto:dmarc@${domain}`,
  })
  // A domain without a policy of its own falls under its parents'.
  const labels = domain.split('.')
  for (let from = 0; from <= labels.length - 2; from += 1) {
    const at = `_dmarc.${labels.slice(from).join('.')}`
    const records = await texts(at, resolver)
    if (!records) return check('unreachable', at, null)
    const found = records.filter((record) => /^v=DMARC1(?:\s*;|$)/iu.test(record))
    if (found.length > 1) return check('several', at, found.join('\n'))
    if (found.length === 1) {
      const policy = (from > 0 ? tag(found[0]!, 'sp') : null) ?? tag(found[0]!, 'p')
      return check(policy === 'quarantine' || policy === 'reject' ? 'good' : 'weak', at, found[0]!)
    }
  }
  return check('missing', where, null)
}

/** The public half of our key, as a DKIM record carries it. */
export function publicPart(privateKey: string): string {
  const key = createPublicKey(privateKey)
  const der = key.export({ type: 'spki', format: 'der' })
  return (key.asymmetricKeyType === 'ed25519' ? der.subarray(-32) : der).toString('base64')
}

async function texts(name: string, resolver: Resolver): Promise<string[] | null> {
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(''))
  } catch (error) {
    return ['ENOTFOUND', 'ENODATA'].includes((error as { code?: string }).code ?? '') ? [] : null
  }
}

function tag(record: string, name: string): string | null {
  for (const part of record.split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim().toLowerCase() === name) return part.slice(at + 1).replaceAll(/\s+/gu, '')
  }
  return null
}
