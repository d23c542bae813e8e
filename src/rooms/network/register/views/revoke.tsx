import { Confirm, Page, useWords } from '#kit/view'
import type { ApiKey } from '../keys.ts'
import { words } from '../words/index.ts'

/** Asks before a key stops working. */
export function RevokePage({ of }: { of: ApiKey }) {
  const t = useWords(words)
  return (
    <Page
      title={t('keys.revoke-title', { label: of.label })}
      crumbs={[{ to: 'network.api-keys', name: t('keys.title') }]}
    >
      <Confirm
        will={[t('keys.will')]}
        undo={t('keys.undo')}
        verb={t('keys.revoke')}
        back={{ to: 'network.api-keys' }}
        grave
      >
        {null}
      </Confirm>
    </Page>
  )
}
