import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { type Reader, ReaderContext } from './reader.ts'

/** A whole HTML document from a `<Page>`: pure and synchronous. */
export function renderPage(node: VNode, reader: Reader): string {
  return '<!doctype html>' + renderPiece(node, reader)
}

/** A piece of a page, without the document around it: for tests, letters and live updates. */
export function renderPiece(node: VNode, reader: Reader): string {
  return render(<ReaderContext.Provider value={reader}>{node}</ReaderContext.Provider>)
}
