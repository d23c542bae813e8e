import type { ComponentChildren } from 'preact'
import { Link, type Target } from '../address.tsx'
import { kitWords } from '#kit/words'
import { Button } from '../form/button.tsx'
import type { Problem, Typed } from '../form/context.ts'
import { Form } from '../form/form.tsx'
import { useWords } from '../reader.ts'
import { words } from '../words/index.ts'

type ConfirmProps = {
  /** Tells two forms of one page apart. */
  id?: string
  level?: 2 | 3
  /** What will happen, one sentence each: what goes, what stays, who is told. */
  will: readonly ComponentChildren[]
  /** How it can be undone, or that it cannot. */
  undo: ComponentChildren
  /** The verb of the deed, as the button says it. */
  verb: string
  /** Where one goes who thinks better of it. */
  back: Target
  /** Takes something away: the button is coloured so. */
  grave?: boolean
  version?: string | number | undefined
  problems?: readonly Problem[] | undefined
  typed?: Typed | undefined
  /** What must be said with it, such as the reason. */
  children?: ComponentChildren
}

/** The body of a page that asks before a deed, by showing what will happen. No dialog, so that it works everywhere and can be read twice. */
export function Confirm(props: ConfirmProps) {
  const t = useWords(words)
  const kit = useWords(kitWords)
  const Heading = `h${props.level ?? 2}` as 'h2'
  return (
    <>
      <Heading>{t('confirm.will')}</Heading>
      <ul class="will">
        {props.will.map((one) => (
          <li>{one}</li>
        ))}
      </ul>
      <p>{props.undo}</p>
      <Form
        id={props.id ?? 'f'}
        version={props.version}
        problems={props.problems}
        typed={props.typed}
        buttons={
          <>
            <Button kind={props.grave ? 'danger' : 'main'}>{props.verb}</Button>
            <Link target={props.back}>{kit('action.cancel')}</Link>
          </>
        }
      >
        {props.children}
      </Form>
    </>
  )
}
