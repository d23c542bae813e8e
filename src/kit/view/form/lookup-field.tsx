import { hidden } from '../page/places.ts'
import { useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { Choices, type Option } from './choice-field.tsx'
import { fieldId, useForm, useTyped } from './context.ts'
import { type FieldBase, GroupFrame } from './frame.tsx'

export type LookupKind = FieldBase & {
  kind: 'lookup'
  /** What is chosen now. */
  chosen?: Option | null | undefined
  /** What the words typed have found; undefined when nothing was searched yet. */
  found?: readonly Option[] | undefined
  /** Words offered while typing, without a trip to the server. */
  suggestions?: readonly string[]
}

/**
 * A choice out of many: words are typed (`name.words`) and sought by a button (`_find=name`), which draws the same page
 * again with what was found as choices of `name`. Suggestions come from the browser's own list. Needs no script.
 */
export function LookupField(field: LookupKind) {
  const t = useWords(words)
  const form = useForm()
  const wordsName = `${field.name}.words`
  const id = fieldId(form.id, wordsName)
  const typed = useTyped(wordsName, '')
  const picked = useTyped(field.name, field.chosen?.value)
  const options = [
    ...(field.chosen ? [field.chosen] : []),
    ...(field.found ?? []).filter((one) => one.value !== field.chosen?.value),
  ]
  return (
    <GroupFrame field={field} kind="lookup">
      {options.length > 0 ? <Choices field={field} type="radio" options={options} chosen={[picked]} /> : null}
      {field.found?.length === 0 ? <p class="nothing-found">{t('form.nothing-found', { words: typed })}</p> : null}
      <div class="lookup" id={options.length > 0 ? undefined : fieldId(form.id, field.name)}>
        <label class="label label-small" for={id}>
          {options.length > 0 ? t('form.find-other') : t('form.find')}
        </label>
        <span class="with-unit">
          <input
            type="search"
            id={id}
            name={wordsName}
            value={typed}
            list={field.suggestions ? `${id}-list` : undefined}
            autocomplete="off"
          />{' '}
          <button type="submit" class="button button-second" name={hidden.find} value={field.name}>
            {t('form.search')}
          </button>
        </span>
        {field.suggestions ? (
          <datalist id={`${id}-list`}>
            {field.suggestions.map((one) => (
              <option value={one}>{one}</option>
            ))}
          </datalist>
        ) : null}
      </div>
    </GroupFrame>
  )
}
