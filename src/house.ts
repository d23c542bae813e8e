/**
 * The rooms, and which room may enter which. This is the only place that says so; `tests/house/rooms.test.ts` reads
 * every import of every source file and compares.
 *
 * To enter a room is to import its door (`#network` is `src/rooms/network/index.ts`) and nothing deeper. Tools of the
 * kit know no room. What is not an import is not an entry: facts travel as SQL views, consequences by `reactions.ts`.
 */
export type Room =
  | 'network'
  | 'catalogue'
  | 'standards'
  | 'procedures'
  | 'calls'
  | 'courses'
  | 'gatherings'
  | 'notices'
  | 'programme'
  | 'front'

export const mayEnter: Record<Room, readonly Room[]> = {
  // Who, and by what decision: everything rests on it, so it rests on nothing.
  network: [],
  catalogue: ['network'],
  standards: ['network'],
  gatherings: ['network'],
  notices: ['network'],
  courses: ['network', 'standards', 'gatherings'],
  calls: ['network', 'standards', 'gatherings'],
  procedures: ['network', 'standards', 'catalogue'],
  // Reads the facts that each room publishes as views, and nothing else of theirs.
  programme: [],
  // The public face: search, my page, a person's export and erasure ask every room.
  front: ['network', 'catalogue', 'standards', 'procedures', 'calls', 'courses', 'gatherings', 'notices', 'programme'],
}

/** The files outside the rooms that furnish the whole house, and so may enter every door. */
export const furnishers: readonly string[] = [
  'src/main.ts',
  'src/jobs.ts',
  'src/tasks.ts',
  'src/app.tsx',
  'src/reactions.ts',
  'src/house.ts',
  'demo/',
  'bench/',
  'tests/',
]
