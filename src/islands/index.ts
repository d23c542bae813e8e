// Every custom element of the site, one a file. Each only adds to a page that is whole without it.
import './time-left.ts'
import './live-part.ts'
import './draft-keeper.ts'
import './error-focus.ts'
import './passkey-key.ts'
import './resumable-upload.ts'
