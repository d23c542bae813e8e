import { defineTask, tellFinding, type AnyTask } from '#kit/jobs'
import { backup, type BackupOptions } from './backup.ts'
import { backupDue, listBackups, pruneBackups } from './keep.ts'

/**
 * A backup every night, in the jobs' process. It is looked for each hour, so that a laptop that sleeps at night has its backup by day;
 * earlier ones are let go of by `pruneBackups`. The finding `backup` tells the steward how it went.
 */
export function backupTasks(settings: Omit<BackupOptions, 'now' | 'signal'>): AnyTask[] {
  return [
    defineTask(
      'backup.make',
      async (_payload, { actor, database, signal, log }) => {
        if (!backupDue(settings.into, actor.now)) return
        try {
          const { file, manifest } = await backup({ ...settings, now: actor.now, signal })
          const removed = pruneBackups(settings.into, actor.now)
          const bytes = listBackups(settings.into)[0]?.bytes ?? 0
          await tellFinding(database, 'backup', true, {
            file,
            bytes,
            tables: manifest.tables.length,
            files: manifest.files.length,
          })
          log.info({ file, bytes, removed: removed.length }, 'a backup was made')
        } catch (error) {
          await tellFinding(database, 'backup', false, { error: (error as Error).message })
          throw error
        }
      },
      { schedule: '20 * * * *', attempts: 3, queue: 'night' },
    ),
  ]
}
