/**
 * `<passkey-key data-kind="enter|add" …>`: a button that opens the browser's own dialogue for passkeys. WebAuthn exists only in script, so the element is
 * hidden until the browser is known to have it; every page that carries it has another way in.
 */
class PasskeyKey extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button')
    if (!button || !('PublicKeyCredential' in window) || !window.isSecureContext) return
    this.hidden = false
    button.addEventListener('click', () => {
      button.disabled = true
      this.#tell('')
      void this.#go()
        .catch(() => this.#tell(this.dataset['failed'] ?? ''))
        .finally(() => (button.disabled = false))
    })
  }

  async #go(): Promise<void> {
    const options = await asked(this.dataset['options'] ?? '')
    const adding = this.dataset['kind'] === 'add'
    const credential = (await (adding
      ? navigator.credentials.create({ publicKey: readCreation(options) })
      : navigator.credentials.get({ publicKey: readRequest(options) }))) as PublicKeyCredential | null
    if (!credential) throw new Error('nothing was chosen')
    const name = this.querySelector<HTMLInputElement>('input[name="name"]')?.value ?? ''
    await asked(this.dataset['answer'] ?? '', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-csrf-token': this.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? '',
      },
      body: JSON.stringify({ response: written(credential), name }),
    })
    if (adding) location.reload()
    else location.assign(this.dataset['next'] || location.pathname)
  }

  #tell(sentence: string): void {
    const place = this.querySelector<HTMLElement>('[role="alert"]')
    if (!place) return
    place.textContent = sentence
    place.hidden = sentence === ''
  }
}

type Json = { [key: string]: unknown }

async function asked(address: string, init: RequestInit = {}): Promise<Json> {
  const answer = await fetch(address, { credentials: 'same-origin', ...init })
  if (!answer.ok) throw new Error(String(answer.status))
  return (await answer.json()) as Json
}

// The browsers of the floor that have passkeys do not all read and write the JSON form of WebAuthn themselves.
function bytes(text: unknown): ArrayBuffer {
  const plain = atob(String(text).replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0)).buffer
}

function text(buffer: ArrayBuffer): string {
  let plain = ''
  for (const byte of new Uint8Array(buffer)) plain += String.fromCharCode(byte)
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

const named = (list: unknown): PublicKeyCredentialDescriptor[] =>
  ((list ?? []) as { id: string; type: 'public-key'; transports?: AuthenticatorTransport[] }[]).map((one) => ({
    ...one,
    id: bytes(one.id),
  }))

function readCreation(options: Json): PublicKeyCredentialCreationOptions {
  const user = options['user'] as { id: string; name: string; displayName: string }
  return {
    ...(options as unknown as PublicKeyCredentialCreationOptions),
    challenge: bytes(options['challenge']),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: named(options['excludeCredentials']),
  }
}

function readRequest(options: Json): PublicKeyCredentialRequestOptions {
  return {
    ...(options as unknown as PublicKeyCredentialRequestOptions),
    challenge: bytes(options['challenge']),
    allowCredentials: named(options['allowCredentials']),
  }
}

function written(credential: PublicKeyCredential): Json {
  const response = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse
  const parts: Json = { clientDataJSON: text(response.clientDataJSON) }
  if (response.attestationObject) {
    parts['attestationObject'] = text(response.attestationObject)
    parts['transports'] = response.getTransports?.() ?? []
  } else {
    parts['authenticatorData'] = text(response.authenticatorData)
    parts['signature'] = text(response.signature)
    if (response.userHandle) parts['userHandle'] = text(response.userHandle)
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: parts,
    clientExtensionResults: credential.getClientExtensionResults(),
  }
}

customElements.define('passkey-key', PasskeyKey)
