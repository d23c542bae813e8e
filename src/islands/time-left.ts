/**
 * `<time-left until="2026-11-30T23:59:00Z">3 días y 4 horas</time-left>`: keeps the time that is left until a deadline
 * true while the page stays open. The server has written it once; without script it simply does not move.
 */
class TimeLeft extends HTMLElement {
  #timer = 0

  connectedCallback(): void {
    const until = Date.parse(this.getAttribute('until') ?? '')
    if (Number.isNaN(until) || !('DurationFormat' in Intl)) return
    const language = this.closest('[lang]')?.getAttribute('lang') ?? 'es'
    const format = new (Intl as unknown as { DurationFormat: DurationFormatConstructor }).DurationFormat(
      language === 'ar' ? 'ar-u-nu-latn' : language,
      { style: 'long' },
    )
    const show = () => {
      const seconds = Math.floor((until - Date.now()) / 1000)
      if (seconds <= 0) {
        // What a passed deadline means is said by the server; the page is drawn again by whoever looks next.
        window.clearInterval(this.#timer)
        return
      }
      const parts = twoLargest(seconds)
      const text = format.format(parts)
      if (text !== this.textContent) this.textContent = text
    }
    this.#timer = window.setInterval(show, 30_000)
    show()
  }

  disconnectedCallback(): void {
    window.clearInterval(this.#timer)
  }
}

type DurationFormatConstructor = new (
  locale: string,
  options: { style: 'long' },
) => { format(parts: Record<string, number>): string }

function twoLargest(seconds: number): Record<string, number> {
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor((seconds % 86_400) / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  if (days > 0) return hours > 0 ? { days, hours } : { days }
  if (hours > 0) return minutes > 0 ? { hours, minutes } : { hours }
  return minutes > 0 ? { minutes } : { seconds }
}

customElements.define('time-left', TimeLeft)
