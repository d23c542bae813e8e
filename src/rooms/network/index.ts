/**
 * The network: who everyone is, and by what decision. Countries and their membership over time, bodies, mandates and decisions,
 * institutions as their countries vouch for them, people and where they work, and the roles they hold. Every other room asks here; it asks none.
 */
export * from './vocabulary.ts'
