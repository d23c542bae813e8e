/** What forms and letters must know of the sign-in without loading what does the proving. */

/** The ministry's own accounts. */
export type Oidc = { issuer: string; clientId: string; clientSecret: string; name: string }

/** How long a link and a code in a letter let somebody in. */
export const letterSeconds = 15 * 60
/** How long a link that renews a password, or proves a new address, holds. */
export const resetSeconds = 60 * 60
export const sessionSeconds = 30 * 24 * 3600
/** A session in use is renewed once a day. */
export const renewSeconds = 24 * 3600
export const passwordLength = { min: 10, max: 128 }

/** The header in which the house tells better-auth the address a request came from: what believed proxies say is decided once, in `#kit/http`. */
export const clientHeader = 'x-quipu-client'
