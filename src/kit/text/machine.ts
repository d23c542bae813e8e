import { Problems, require, type Actor } from '#kit/access'
import { read, record } from '#kit/record'
import { mayTranslate } from './access.ts'
import { setText, takeText } from './keep.ts'
import { comparedMarks, markedRuns, type Run } from './marks.ts'
import { findDeskTexts } from './queries.ts'
import type { Form } from './rules.ts'

/**
 * A machine that translates: several texts at once, answered in the same order. What stands between ⟦ and ⟧ is to be
 * carried over as it is. Throws what it likes; its message is shown to who asked.
 */
export type MachineTranslator = {
  name: string
  translate(request: { texts: string[]; source: string; target: string; signal?: AbortSignal }): Promise<string[]>
}

let plugged: MachineTranslator | null = null

/** Plugs a machine translator in, or takes it out with `null`. Nothing needs one. */
export function plugMachineTranslator(translator: MachineTranslator | null): void {
  plugged = translator
}

/** The machine translator in use, if any. */
export function machineTranslator(): MachineTranslator | null {
  return plugged
}

/**
 * A translator that speaks as LibreTranslate does (`POST …/translate`), which several free services and an installation
 * of one's own understand.
 */
export function httpTranslator(service: { url: string; key?: string; fetch?: typeof fetch }): MachineTranslator {
  const ask = service.fetch ?? fetch
  return {
    name: new URL(service.url).host,
    async translate({ texts, source, target, signal }) {
      const answer = await ask(new URL('translate', service.url.endsWith('/') ? service.url : `${service.url}/`), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          q: texts,
          source,
          target,
          format: 'text',
          ...(service.key && { api_key: service.key }),
        }),
        signal: signal ?? AbortSignal.timeout(60_000),
      })
      if (!answer.ok) throw new Error(`${answer.status}`)
      const { translatedText } = (await answer.json()) as { translatedText?: unknown }
      if (!Array.isArray(translatedText) || translatedText.length !== texts.length) throw new Error('unexpected answer')
      return translatedText.map(String)
    },
  }
}

/** A text with its marks behind numbered brackets, and what puts them back; `undefined` if the answer broke one. */
export function shielded(body: string, form: Form): { text: string; restore: (answer: string) => string | undefined } {
  const runs = markedRuns(body, form)
  const marks = runs.filter((run): run is Exclude<Run, string> => typeof run !== 'string')
  let next = 0
  const text = runs.map((run) => (typeof run === 'string' ? run : `⟦${next++}⟧`)).join('')
  return {
    text,
    restore(answer) {
      const restored = answer.replaceAll(
        /⟦\s*(\d+)\s*⟧/gu,
        (whole, number: string) => marks[Number(number)]?.raw ?? whole,
      )
      const { lost, extra } = comparedMarks(runs, markedRuns(restored, form))
      const whole = lost.length === 0 && extra.length === 0 && !/[⟦⟧]/u.test(restored) && restored.trim() !== ''
      return whole ? restored : undefined
    },
  }
}

/**
 * Has a machine translate these texts into a language, where no person has written yet; the words are kept as a
 * machine's, and are not published. Answers the ids that were translated and those that were not: written by a person,
 * without a source, or broken by the machine. The machine is asked outside any transaction.
 */
export async function translateByMachine(
  actor: Actor,
  textIds: readonly string[],
  language: string,
): Promise<{ done: string[]; left: string[] }> {
  const translator = plugged
  if (!translator) throw new Problems([{ field: '', words: 'text.problem.no-translator' }])
  const texts = await read(actor, (db) => findDeskTexts(actor, db, textIds, language))
  for (const text of texts) require(mayTranslate(actor, text.owner))
  const open = texts.filter(
    (text) =>
      text.source !== '' && text.sourceLanguage !== language && (text.method === null || text.method === 'machine'),
  )
  const answers = new Map<string, string>()
  for (const [source, some] of Map.groupBy(open, (text) => text.sourceLanguage)) {
    const shields = some.map((text) => shielded(text.source, text.form))
    const said = await translator
      .translate({ texts: shields.map(({ text }) => text), source, target: language })
      .catch((error: Error) => {
        throw new Problems([{ field: '', words: 'text.problem.translator-failed', values: { reason: error.message } }])
      })
    for (const [at, text] of some.entries()) {
      const restored = shields[at]!.restore(said[at] ?? '')
      if (restored !== undefined) answers.set(text.id, restored)
    }
  }
  const done: string[] = []
  if (answers.size > 0) {
    await record(
      actor,
      'translation.machine-made',
      { about: { kind: 'language' }, reason: translator.name },
      async (db) => {
        for (const [id, body] of answers) {
          const { version, sourceHash } = await takeText(db, id, language)
          const asked = texts.find((text) => text.id === id)!
          // A person may have written, or the source changed, while the machine was thinking.
          if ((version && version.state !== 'machine') || sourceHash !== asked.sourceHash) continue
          await setText(actor, db, id, { language, body, byMachine: true })
          done.push(id)
        }
      },
    )
  }
  return { done, left: textIds.filter((id) => !done.includes(id)) }
}
