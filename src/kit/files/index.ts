/**
 * Files: streamed in, told by their content, limited, checksummed and kept once; pictures in sizes that tell nothing of whoever made them; handed out with headers that
 * leave no room for tricks. A file is a draft until a deed keeps or publishes it; no picture is published without credit, rights and a description.
 */
export { diskStorage, StorageFull, type Bytes, type Storage, type Stored } from './storage.ts'
export { isFileKind, isPicture, kinds, papers, pictures, registers, shapeOf, type FileKind } from './kinds.ts'
export { headLength, sniff, type Refusal, type Sniffed } from './sniff.ts'
export { boundaryOf, MultipartBroken, readParts, type Part } from './multipart.ts'
export { FileRefused, kindsAmong, receive, type Received, type Wanted } from './receive.ts'
export {
  addFile,
  describeFile,
  findFile,
  keepReceived,
  lendFile,
  listFiles,
  listRenditions,
  problemsOfPublishing,
  removeFile,
  type Description,
  type FileState,
  type KeptFile,
  type Rendition,
} from './file.ts'
export { isRights, rights, rightsAddress, type Rights } from './rights.ts'
export { fileRetention, fileTasks, renderPicture, sweep, widths } from './prepare.ts'
export { answerFile, fileAddress, renditionAddress } from './serve.ts'
export { openUploads, OutOfStep, type Upload, type Uploads } from './upload.ts'
export { readFilesForm, submitWithFiles, takeDraft } from './form.ts'
export { filesRoom } from './routes.ts'
export { pictureProps } from './picture.ts'
export { fileWords } from './words.ts'
