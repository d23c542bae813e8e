/** The front: the public face of the whole house. Home, editorial pages, search over all rooms, governance, what is mine to do. */
export { routes as front } from './routes.tsx'
export { failureRetention, keepFailure } from './steward/failures.ts'
export type { Running, Setting } from './steward/queries.ts'
export { stewardRoom } from './steward/routes.tsx'
export { enterDocument, publishPage, writePage } from './actions.ts'
export { deeds } from './access.ts'
