/**
 * Jobs: work that a page must not wait for, done by a process of its own. A deed adds a job in its own transaction; long work shows its progress,
 * can be cancelled and goes on where it stopped; what failed for good waits for a steward. The same process seals the history and keeps the night's order.
 */
export { installJobs } from './install.ts'
export { runJobs, runJobsNow, type JobsOptions, type RunningJobs } from './run.ts'
export { runTask } from './run-task.ts'
export { tellFinding } from './findings.ts'
export {
  Cancelled,
  defineTask,
  GivesUp,
  Stopping,
  type AnyTask,
  type Circumstance,
  type JobOptions,
  type Log,
  type Task,
  type TaskOptions,
} from './task.ts'
export type { Progress, Step } from './progress.ts'
export {
  cancelWork,
  countQueue,
  discardJob,
  findWork,
  jobsAtWork,
  listDead,
  listFindings,
  listQueue,
  listWork,
  mayTendJobs,
  rerunJob,
  startWork,
  type Finding,
  type QueueCount,
  type QueuedJob,
  type QueueState,
  type Work,
  type WorkState,
} from './queue.ts'
export {
  applyRetention,
  changeRetention,
  jobsRetention,
  listRetentionRules,
  mayChangeRetention,
  type Retention,
  type RetentionRule,
} from './retention.ts'
export { upkeepTasks } from './upkeep.ts'
export { jobsWords } from './words.ts'
export { jobsRoom } from './routes.tsx'
export { WorkProgress } from './views/work.tsx'
