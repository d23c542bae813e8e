import type { ComponentChildren } from 'preact'

type FieldsetProps = { legend: string; hint?: ComponentChildren; children: ComponentChildren; id?: string }

/** Fields that belong together, under a heading of their own. */
export function Fieldset({ legend, hint, children, id }: FieldsetProps) {
  return (
    <fieldset class="fieldset" id={id}>
      <legend>{legend}</legend>
      {hint ? <div class="hint">{hint}</div> : null}
      {children}
    </fieldset>
  )
}

/** Short fields side by side where there is room. */
export function FieldRow({ children }: { children: ComponentChildren }) {
  return <div class="field-row">{children}</div>
}
