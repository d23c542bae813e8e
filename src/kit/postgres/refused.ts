/**
 * Something outside the program stands in the way of starting: a folder that cannot be written, a port that is taken, a
 * database that is too old. Its message is one clear sentence for whoever keeps the installation, shown without a stack.
 */
export class StartRefused extends Error {
  override name = 'StartRefused'
}

/** The sentence for a failure of the file system, or of PostgreSQL speaking of one; `undefined` when it is neither. */
export function diskSentence(folder: string, said: string): string | undefined {
  if (/ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/i.test(said))
    return `There is no space left on the disk that holds ${folder}. Free some (a new installation needs 300 MB), then start again: nothing was lost.`
  if (/EROFS|Read-only file system/i.test(said))
    return `${folder} is on a disk that can only be read. Set QUIPU_DATA to a folder that can be written.`
  if (/EACCES|EPERM|Permission denied|Operation not permitted/i.test(said))
    return `${folder} cannot be written by this user. Give it the right to write there, or set QUIPU_DATA to another folder.`
  if (/ENOTDIR|EEXIST|Not a directory/i.test(said))
    return `${folder} is not a folder. Set QUIPU_DATA to a folder that can be written.`
  return undefined
}
