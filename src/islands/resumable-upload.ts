/**
 * `<resumable-upload data-to="/uploads" data-name="photo" …><input type="file"></resumable-upload>`: sends the chosen file at
 * once, in pieces that survive a lost connection (the tus protocol, as `#kit/files` speaks it), and puts the name of the
 * draft into the form; photographs are first made as small as a screen can use. Without script, or when anything goes
 * wrong for good, the file rides with the form as ever.
 */
const piece = 1024 * 1024
const longestSide = 3200
const worthShrinking = 1_500_000

class ResumableUpload extends HTMLElement {
  #leaving = new AbortController()
  #sending: AbortController | null = null

  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>('input[type=file]')
    const to = this.dataset['to']
    if (!input || !to || input.multiple) return
    input.addEventListener('change', () => void this.#chosen(input, to), { signal: this.#leaving.signal })
  }

  disconnectedCallback(): void {
    this.#leaving.abort()
    this.#sending?.abort()
  }

  async #chosen(input: HTMLInputElement, to: string): Promise<void> {
    this.#sending?.abort()
    const chosen = input.files?.[0]
    if (!chosen) return
    const sending = (this.#sending = new AbortController())
    const bar = this.#bar()
    try {
      const file = await smaller(chosen)
      this.#say('sending', chosen.name)
      const draft = await send(
        file,
        chosen.name,
        to,
        this.#token(input),
        sending.signal,
        (share) => (bar.value = share),
      )
      this.#keep(input, draft)
      this.#say('sent', chosen.name)
    } catch (error) {
      if (sending.signal.aborted) return
      if (error instanceof Refused) {
        input.value = ''
        this.#say('', '', error.message)
      } else {
        // It will go with the form.
        this.#say('later', chosen.name)
      }
    } finally {
      if (this.#sending === sending) bar.remove()
    }
  }

  #token(input: HTMLInputElement): string {
    return input.form?.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? ''
  }

  /** The draft stands for the file: the field itself is emptied, so that nothing travels twice. */
  #keep(input: HTMLInputElement, draft: string): void {
    const name = `${this.dataset['name'] ?? input.name}.kept`
    const field =
      input.form?.querySelector<HTMLInputElement>(`input[name="${name}"]`) ?? document.createElement('input')
    Object.assign(field, { type: 'hidden', name, value: draft })
    if (!field.isConnected) this.append(field)
    input.value = ''
    input.required = false
    field.dispatchEvent(new Event('change', { bubbles: true }))
  }

  #bar(): HTMLProgressElement {
    const bar = this.querySelector('progress') ?? document.createElement('progress')
    bar.max = 1
    bar.value = 0
    bar.setAttribute('aria-label', this.dataset['sending'] ?? '')
    if (!bar.isConnected) this.append(bar)
    return bar
  }

  /** Says where it stands, in the sentences that the page brought along. */
  #say(which: 'sending' | 'sent' | 'later' | '', name: string, words = this.dataset[which] ?? ''): void {
    let line = this.querySelector<HTMLElement>('.upload-state')
    if (!line) {
      line = document.createElement('p')
      line.className = 'upload-state'
      line.setAttribute('role', 'status')
      this.append(line)
    }
    line.textContent = words.replace('{name}', name)
  }
}

class Refused extends Error {}

/** Sends a file piece by piece; after a lost connection it asks how much has arrived and goes on from there. Gives the draft's name. */
async function send(
  file: Blob,
  name: string,
  to: string,
  token: string,
  signal: AbortSignal,
  told: (share: number) => void,
): Promise<string> {
  const common = { 'tus-resumable': '1.0.0', 'x-csrf-token': token }
  const begun = await fetch(to, {
    method: 'POST',
    signal,
    headers: { ...common, 'upload-length': String(file.size), 'upload-metadata': `filename ${base64(name)}` },
  })
  const address = begun.headers.get('location')
  if (begun.status === 422) throw new Refused(await begun.text())
  if (!begun.ok || !address) throw new Error('the upload could not begin')
  let offset = 0
  let failures = 0
  for (;;) {
    try {
      const answer = await fetch(address, {
        method: 'PATCH',
        signal,
        headers: { ...common, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
        body: file.slice(offset, offset + piece),
      })
      if (answer.status === 422) throw new Refused(await answer.text())
      if (!answer.ok) throw new Error(`answered ${answer.status}`)
      offset = Number(answer.headers.get('upload-offset'))
      failures = 0
      told(offset / file.size)
      const draft = answer.headers.get('quipu-file')
      if (draft) return draft
      if (offset >= file.size) throw new Error('the file was not taken')
    } catch (error) {
      if (error instanceof Refused || signal.aborted || ++failures > 8) throw error
      await new Promise((resume) => setTimeout(resume, Math.min(30_000, 500 * 2 ** failures)))
      const head = await fetch(address, { method: 'HEAD', signal, headers: common }).catch(() => null)
      if (head && (head.status === 404 || head.status === 410)) throw error
      offset = Number(head?.headers.get('upload-offset') ?? offset)
      const draft = head?.headers.get('quipu-file')
      if (draft) return draft
    }
  }
}

function base64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)))
}

/** A photograph made smaller where that spares much; anything else, and whatever cannot be read here, as it is. */
async function smaller(file: File): Promise<Blob> {
  if (!/^image\/(?:jpeg|webp)$/.test(file.type) || file.size < worthShrinking || !('createImageBitmap' in window))
    return file
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.88))
    return made && made.size < file.size * 0.8 ? made : file
  } catch {
    return file
  }
}

customElements.define('resumable-upload', ResumableUpload)
