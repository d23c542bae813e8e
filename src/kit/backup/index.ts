/**
 * One file that holds an installation: every table as it stood in one moment, the stored files, and a manifest with the hash of each part.
 * Restoring fills an empty database of the same or a newer Quipu, on any machine and any PostgreSQL from 18 up: that is also how one moves.
 */
export { backup } from './backup.ts'
export type { BackupOptions } from './backup.ts'
export { restore } from './restore.ts'
export type { RestoreOptions } from './restore.ts'
export { readManifest } from './manifest.ts'
export type { Manifest, Part } from './manifest.ts'
export { backupTasks } from './task.ts'
export { backupDue, listBackups, pruneBackups } from './keep.ts'
