import { useFormats, useReader, useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { useTyped } from './context.ts'
import { type FieldBase, Frame, useControl } from './frame.tsx'
import type { Option } from './choice-field.tsx'
import { SelectField } from './choice-field.tsx'
import { TextField } from './text-field.tsx'

export type FileKind = FieldBase & {
  kind: 'file'
  /** MIME types or endings: "image/jpeg", ".pdf". */
  accept: readonly string[]
  /** The most that is taken, in bytes; said beside the field. */
  limit: number
  /** What is already kept: shown with its size, replaced by a new choice. */
  kept?: { name: string; bytes: number; href?: string } | null
  /** For pictures and documents of others: who made it and what may be done with it. Asked as `name.credit` and `name.rights`. */
  rights?: { options: readonly Option[]; credit?: string | null; right?: string | null }
  /** For pictures: what is to be seen, for whoever does not see it. Asked as `name.description`. */
  describe?: { value?: string | null }
  /** With script the upload goes ahead in pieces and resumes, where this installation takes uploads; `false` keeps it with the form. */
  resumable?: false
}

/** A file, with its credit and rights. Without script it is an ordinary upload. */
export function FileField(field: FileKind) {
  const t = useWords(words)
  const { fileSize } = useFormats()
  const control = useControl({ ...field, hint: true })
  const reader = useReader()
  const token = useTyped(`${field.name}.kept`, null)
  const input = <input {...control} type="file" accept={field.accept.join(',')} />
  const hint = (
    <>
      {field.hint ? <p>{field.hint}</p> : null}
      <p>{t('form.file-limit', { size: fileSize(field.limit), kinds: kindsOf(field.accept) })}</p>
    </>
  )
  return (
    <div class="file-field">
      <Frame field={{ ...field, hint }} kind="file">
        {field.kept ? (
          <p class="kept">
            {t.rich('form.file-kept', {
              name: field.kept.href ? <a href={field.kept.href}>{field.kept.name}</a> : <bdi>{field.kept.name}</bdi>,
              size: fileSize(field.kept.bytes),
            })}
          </p>
        ) : null}
        {token ? <input type="hidden" name={`${field.name}.kept`} value={token} /> : null}
        {token ? <p class="kept">{t('form.file-held')}</p> : null}
        {reader.person && field.resumable !== false && reader.has('files.uploads') ? (
          <resumable-upload
            data-to={reader.address('files.uploads')}
            data-name={field.name}
            data-sending={t('form.file-sending', { name: '{name}' })}
            data-sent={t('form.file-sent', { name: '{name}' })}
            data-later={t('form.file-later', { name: '{name}' })}
          >
            {input}
          </resumable-upload>
        ) : (
          input
        )}
      </Frame>
      {field.describe ? (
        <TextField
          kind="text"
          name={`${field.name}.description`}
          label={t('form.picture-description')}
          hint={t('form.picture-description-hint')}
          value={field.describe.value}
          required
        />
      ) : null}
      {field.rights ? (
        <div class="field-row">
          <TextField
            kind="text"
            name={`${field.name}.credit`}
            label={t('form.credit')}
            value={field.rights.credit}
            required
          />
          <SelectField
            kind="select"
            name={`${field.name}.rights`}
            label={t('form.rights')}
            options={field.rights.options}
            value={field.rights.right}
            required
          />
        </div>
      ) : null}
    </div>
  )
}

/** "image/jpeg", ".pdf" → "JPEG, PDF". */
function kindsOf(accept: readonly string[]): string {
  return [
    ...new Set(
      accept.map((one) =>
        one
          .replace(/^.*[/.]/u, '')
          .replace(/\+.*$/u, '')
          .toUpperCase(),
      ),
    ),
  ].join(', ')
}
