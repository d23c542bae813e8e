import type { ComponentChildren } from 'preact'

/** The seven dyes, by which things that belong together are coloured alike. */
export type Dye = 'cochineal' | 'indigo' | 'ochre' | 'chilca' | 'maize' | 'walnut' | 'teal'

/** What a state means to whoever looks: going on, wanting something, done, refused, over. The word says it; the colour only helps. */
export type Tone = 'plain' | 'going' | 'wanting' | 'done' | 'refused' | 'over'

const dyes: Record<Tone, Dye | 'none'> = {
  plain: 'walnut',
  going: 'indigo',
  wanting: 'ochre',
  done: 'chilca',
  refused: 'cochineal',
  over: 'none',
}

/** A state in a word or two. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`badge stain-${dyes[tone]}`}>{children}</span>
}
