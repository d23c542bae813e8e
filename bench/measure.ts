/** How long things take, and how often they can be done. */

/** The times of a series in milliseconds: the value below which this share of them lies. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}

/** Does something once for each input, one after the other; answers each time in milliseconds. */
export async function timesOf<Input>(
  inputs: readonly Input[],
  work: (input: Input) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = []
  for (const input of inputs) {
    const began = performance.now()
    await work(input)
    times.push(performance.now() - began)
  }
  return times
}

/** How many a second, with so many under way at once. */
export async function perSecond<Input>(
  inputs: readonly Input[],
  atOnce: number,
  work: (input: Input) => Promise<unknown>,
): Promise<number> {
  let next = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < inputs.length) await work(inputs[next++]!)
    }),
  )
  return inputs.length / ((performance.now() - began) / 1000)
}

/** The same numbers in every run: between 0 and 1, from a seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
