import type { ComponentChildren } from 'preact'

/** A thing that is known: nothing (null, undefined, '') is left out, unless `absent` says what to show in its place. */
export type Fact = { term: string; value: ComponentChildren; absent?: string }

/** What is known of a thing, term by term. */
export function Facts({ of, narrow = false }: { of: readonly Fact[]; narrow?: boolean }) {
  const known = of.filter((fact) => !isNothing(fact.value) || fact.absent)
  if (known.length === 0) return null
  return (
    <dl class={narrow ? 'facts facts-narrow' : 'facts'}>
      {known.map((fact) => (
        <div class="fact">
          <dt>{fact.term}</dt>
          <dd>{isNothing(fact.value) ? <span class="absent">{fact.absent}</span> : fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

function isNothing(value: ComponentChildren): boolean {
  return value === null || value === undefined || value === '' || value === false
}
