import { useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { fieldId, useForm, useTyped } from './context.ts'
import { type FieldBase, Frame, useControl } from './frame.tsx'

type Common = FieldBase & {
  value?: string | number | null | undefined
  /** The browser's own memory: `name`, `email`, `organization`, … or `off`. */
  autocomplete?: string
  maxLength?: number
  /** The language that is to be written, where it is not the page's. */
  lang?: string
  dir?: 'ltr' | 'rtl' | 'auto'
}

export type TextKind = Common & { kind: 'text' | 'email' | 'url' | 'tel' | 'password' | 'search' }
export type LongTextKind = Common & { kind: 'long-text'; rows?: number }
export type NumberKind = FieldBase & {
  kind: 'number'
  value?: string | number | null | undefined
  minimum?: number
  maximum?: number
  /** What is counted: "m²", "personas". */
  unit?: string
}

// Addresses and telephone numbers read from left to right in every language.
const leftToRight = new Set(['email', 'url', 'tel', 'password'])
const remembered: Record<string, string> = { email: 'email', tel: 'tel', url: 'url' }

export function TextField(field: TextKind) {
  const typed = useTyped(field.name, field.value)
  return (
    <Frame field={field} kind={field.kind}>
      <input
        {...useControl(field)}
        // Preact has a type of its own for each kind of input; all of these take the same attributes.
        type={field.kind as 'text'}
        // A password is typed again: it never travels back.
        value={field.kind === 'password' ? undefined : typed}
        autocomplete={field.autocomplete ?? remembered[field.kind]}
        maxLength={field.maxLength}
        lang={field.lang}
        dir={field.dir ?? (leftToRight.has(field.kind) ? 'ltr' : undefined)}
      />
    </Frame>
  )
}

export function LongTextField(field: LongTextKind) {
  return (
    <Frame field={field} kind="long-text">
      <textarea
        {...useControl(field)}
        rows={field.rows ?? 5}
        maxLength={field.maxLength}
        lang={field.lang}
        dir={field.dir}
      >
        {useTyped(field.name, field.value)}
      </textarea>
    </Frame>
  )
}

/** A number, typed as text with the telephone's digits: browsers' own number fields drop what they cannot read, and turn with the wheel. */
export function NumberField(field: NumberKind) {
  const control = useControl(field)
  const input = (
    <input
      {...control}
      type="text"
      inputMode="decimal"
      dir="ltr"
      class="digits"
      value={useTyped(field.name, field.value)}
    />
  )
  return (
    <Frame field={field} kind="number">
      {field.unit ? (
        <span class="with-unit">
          {input} <span class="unit">{field.unit}</span>
        </span>
      ) : (
        input
      )}
    </Frame>
  )
}

export type MoneyKind = FieldBase & {
  kind: 'money'
  value?: { amount: string | number | null; currency: string | null } | null | undefined
  /** ISO 4217 codes to choose from; one alone is shown and not asked. */
  currencies: readonly string[]
}

/** An amount and its currency: `name.amount` and `name.currency`. */
export function MoneyField(field: MoneyKind) {
  const t = useWords(words)
  const amount = `${field.name}.amount`
  const currency = `${field.name}.currency`
  const typed = useTyped(amount, field.value?.amount)
  const chosen = useTyped(currency, field.value?.currency ?? field.currencies[0])
  const { id: form } = useForm()
  const control = useControl({ ...field, name: amount })
  return (
    <Frame field={{ ...field, name: amount }} kind="money" also={[field.name, currency]}>
      <span class="with-unit" id={fieldId(form, field.name)}>
        <input {...control} type="text" inputMode="decimal" dir="ltr" class="digits" value={typed} />{' '}
        {field.currencies.length === 1 ? (
          <>
            <span class="unit">{field.currencies[0]}</span>
            <input type="hidden" name={currency} value={field.currencies[0]} />
          </>
        ) : (
          <select
            id={fieldId(form, currency)}
            name={currency}
            aria-label={t('form.currency')}
            disabled={field.disabled}
          >
            {field.currencies.map((code) => (
              <option value={code} selected={code === chosen}>
                {code}
              </option>
            ))}
          </select>
        )}
      </span>
    </Frame>
  )
}
