/**
 * `<draft-keeper><form data-draft="/address">…</form></draft-keeper>`: sends what was typed to the server as one goes, two
 * seconds after the last change and when the page is put away, so that it can be taken up on another device; and asks
 * before leaving while something is not kept yet. Without script the form's own "save" does the same.
 */
class DraftKeeper extends HTMLElement {
  #timer = 0
  #unsaved = false
  #leaving = new AbortController()

  connectedCallback(): void {
    const form = this.querySelector('form')
    const address = form?.dataset['draft']
    if (!form || !address) return
    const { signal } = this.#leaving
    const changed = () => {
      this.#unsaved = true
      window.clearTimeout(this.#timer)
      this.#timer = window.setTimeout(() => void this.#keep(form, address), 2000)
    }
    form.addEventListener('input', changed, { signal })
    form.addEventListener('change', changed, { signal })
    form.addEventListener('submit', () => (this.#unsaved = false), { signal })
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState === 'hidden' && this.#unsaved) void this.#keep(form, address)
      },
      { signal },
    )
    window.addEventListener(
      'beforeunload',
      (event) => {
        if (this.#unsaved) event.preventDefault()
      },
      { signal },
    )
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.#timer)
    this.#leaving.abort()
  }

  async #keep(form: HTMLFormElement, address: string): Promise<void> {
    const sent = new URLSearchParams()
    // Files travel by themselves; passwords are never kept.
    const secret = new Set(Array.from(form.querySelectorAll<HTMLInputElement>('[type=password]'), (one) => one.name))
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && !secret.has(name)) sent.append(name, value)
    }
    this.#unsaved = false
    try {
      const answer = await fetch(address, {
        method: 'POST',
        body: sent,
        keepalive: true,
        headers: { accept: 'application/json' },
      })
      if (!answer.ok) this.#unsaved = true
    } catch {
      // No network for the moment: the next change tries again, and leaving the page asks first.
      this.#unsaved = true
    }
    this.dataset['state'] = this.#unsaved ? 'waiting' : 'kept'
  }
}

customElements.define('draft-keeper', DraftKeeper)
