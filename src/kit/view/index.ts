/**
 * The design system: how every page looks, reads and behaves. Pages are pure functions of their props; who reads, in which
 * language, where and when comes from the `Reader` in context.
 */
export * from './address.tsx'
export { type ButtonKind, Button, ButtonLink, Buttons } from './form/button.tsx'
export type { Option } from './form/choice-field.tsx'
export type { Problem, Typed } from './form/context.ts'
export { type FieldProps, Field } from './form/field.tsx'
export { FieldRow, Fieldset } from './form/fieldset.tsx'
export { type FormProps, Form, ProblemSummary } from './form/form.tsx'
export { type Column, type TableProps, Table } from './data/table.tsx'
export { type Crumb, Breadcrumbs } from './page/breadcrumbs.tsx'
export { Knot, QuipuMark } from './page/knots.tsx'
export { type Feed, type PageProps, Page } from './page/page.tsx'
export { hidden, places } from './page/places.ts'
export { type Notice, type Reader, type Thread, ReaderContext, useFormats, useReader, useWords } from './reader.ts'
export { sampleReader } from './gallery/sample-reader.ts'
export { renderPage, renderPiece } from './render.tsx'
export { type Picked, type Text, pickText, plainText } from './text/pick.ts'
export { T } from './text/text.tsx'
export { words as viewWords } from './words/index.ts'
