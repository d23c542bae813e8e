/**
 * `<live-part id="progress" data-every="2">…</live-part>`: fetches the page again every so many seconds and takes over the
 * part with the same id, until it comes back without `data-every`. Without script the page refreshes itself as a whole.
 */
class LivePart extends HTMLElement {
  #timer = 0

  connectedCallback(): void {
    this.#wait()
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.#timer)
  }

  #wait(): void {
    const seconds = Number(this.dataset['every'])
    if (seconds > 0) this.#timer = window.setTimeout(() => void this.#look(), seconds * 1000)
  }

  async #look(): Promise<void> {
    // Nobody is looking: ask again when somebody is.
    if (document.visibilityState === 'visible' && !this.contains(document.activeElement)) {
      try {
        const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
        const found = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(this.id)
        if (answer.ok && found && found.innerHTML !== this.innerHTML) {
          this.replaceChildren(...Array.from(found.childNodes))
          if (found.dataset['every']) this.dataset['every'] = found.dataset['every']
          else delete this.dataset['every']
        }
      } catch {
        // The network is away: the next round tries again.
      }
    }
    this.#wait()
  }
}

customElements.define('live-part', LivePart)
