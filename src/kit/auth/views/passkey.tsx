import { useReader } from '#kit/view'

/** A button that only a script can serve: it is hidden until the island finds that this browser has passkeys. */
export function PasskeyButton(props: {
  kind: 'enter' | 'add'
  label: string
  failed: string
  next?: string
  children?: preact.ComponentChildren
}) {
  const { csrf } = useReader()
  const verb = props.kind === 'enter' ? 'authentication' : 'registration'
  return (
    <passkey-key
      data-kind={props.kind}
      data-options={`/auth/passkey/${verb}`}
      data-answer={`/auth/passkey/${verb}`}
      data-next={props.next}
      data-failed={props.failed}
      hidden
    >
      <input type="hidden" name="_csrf" value={csrf} />
      {props.children}
      <button type="button" class="button button-second">
        {props.label}
      </button>
      <p class="problem" role="alert" hidden />
    </passkey-key>
  )
}
