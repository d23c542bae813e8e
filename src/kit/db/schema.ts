// Written by `npm run types`.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type DB = any
