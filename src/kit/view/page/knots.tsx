/**
 * The knots: one mark for each room, after the knots that a quipu really has (single, long with several turns,
 * figure-eight, with subsidiary cords). Each hangs on a thread in the middle of a field of 16 × 40.
 */
type Mark = { knot: string; tail?: string }

const turn = (y: number) => `M4 ${y + 1.3}L12 ${y - 1.3}`
const long = (turns: number, from: number, apart = 3.4) =>
  Array.from({ length: turns }, (_, i) => turn(round(from + i * apart))).join('')
const ring = (y: number, r = 3.4) => `M8 ${round(y - r)}a${r} ${r} 0 1 0 0 ${r * 2}a${r} ${r} 0 1 0 0-${r * 2}z`
const eight = (y: number) => `M8 ${y - 7}c-5 2-5 5 0 7s5 5 0 7M8 ${y - 7}c5 2 5 5 0 7s-5 5 0 7`

function round(value: number): number {
  return Math.round(value * 10) / 10
}

const marks: Record<string, Mark> = {
  network: { knot: eight(22) },
  calls: { knot: long(3, 19) },
  standards: { knot: ring(21, 4.4) + turn(21) },
  courses: { knot: ring(17, 2.6) + long(2, 23.6) },
  gatherings: { knot: ring(16, 2.3) + ring(21.6, 2.3) + ring(27.2, 2.3) },
  notices: { knot: ring(20), tail: 'M8 23.4c0 6-5 7-5 14M8 23.4c0 6 5 7 5 14' },
  catalogue: { knot: long(5, 15) },
  procedures: { knot: long(3, 15, 6.4) },
  programme: { knot: `${eight(19)}${turn(30)}` },
  front: { knot: ring(22, 4) },
  // Threads of their own that hang from a room with several.
  governance: { knot: ring(15.5, 2.4) + ring(24, 4.2) },
  library: { knot: long(2, 15) + long(2, 24) },
  news: { knot: ring(18, 2.4), tail: 'M8 20.4c0 7-5 8-5 16M8 20.4c0 7 5 8 5 16M8 20.4V38' },
}

/** By which knot and dye a thread is known: its own page's where it has one (`front.library` → `library`), else its room's. */
export function knotOf({ room, route }: { room: string; route: string }): string {
  const own = route.split('.')[1] ?? ''
  return own in marks ? own : room
}

/** The knot of a room on its thread; a room without a mark of its own gets the single knot. Says nothing: its label stands beside it. */
export function Knot({ room }: { room: string }) {
  const { knot, tail } = marks[room] ?? marks['front']!
  return (
    <svg class="knot" viewBox="0 0 16 40" width="16" height="40" aria-hidden="true" focusable="false">
      <path class="knot-thread" d={`M8 0V${tail ? 23 : 38}${tail ?? ''}`} />
      <path class="knot-tie" d={knot} />
    </svg>
  )
}

/** The mark of Quipu: a cord from which four threads hang, each with its knots. */
export function QuipuMark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <path class="mark-cord" d="M2 5.5C10 8.5 22 8.5 30 5.5" />
      <path class="mark-a" d="M7 7v16M4.6 13.7l4.8-1.4M4.6 16.9l4.8-1.4" />
      <path class="mark-b" d="M13 7.8V29M13 17.6a2.6 2.6 0 1 0 0 5.2a2.6 2.6 0 1 0 0-5.2z" />
      <path class="mark-c" d="M19 7.8V26M16.6 13.7l4.8-1.4M16.6 16.9l4.8-1.4M16.6 20.1l4.8-1.4" />
      <path class="mark-d" d="M25 7v13M25 10.6a2.4 2.4 0 1 0 0 4.8a2.4 2.4 0 1 0 0-4.8z" />
    </svg>
  )
}
