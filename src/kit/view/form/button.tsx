import type { ComponentChildren } from 'preact'
import { Link, type Target } from '../address.tsx'

/** `main`: the page's one main action; `second`: the others; `quiet`: beside a thing; `danger`: what takes away. */
export type ButtonKind = 'main' | 'second' | 'quiet' | 'danger'

type ButtonProps = {
  kind?: ButtonKind
  /** Tells the server which of several buttons was pressed. */
  name?: string
  value?: string
  /** The form it belongs to, where it stands outside of it. */
  form?: string
  /** Says more than the verb, where the same verb stands in each row: "Edit: Museum of Salt". Begins with the verb itself. */
  label?: string
  disabled?: boolean
  children: ComponentChildren
}

/** A button that sends its form. It says the verb. */
export function Button({ kind = 'main', label, children, ...rest }: ButtonProps) {
  return (
    <button type="submit" class={`button button-${kind}`} aria-label={label} {...rest}>
      {children}
    </button>
  )
}

type ButtonLinkProps = Target & { kind?: ButtonKind; label?: string; children: ComponentChildren }

/** A link that looks like a button, for an action that begins on another page. */
export function ButtonLink({ kind = 'main', label, children, ...target }: ButtonLinkProps) {
  return (
    <Link target={target as Target} class={`button button-${kind}`} aria-label={label}>
      {children}
    </Link>
  )
}

/** Buttons in a row, the main one first. */
export function Buttons({ children }: { children: ComponentChildren }) {
  return <div class="buttons">{children}</div>
}
