import {
  Badge,
  Button,
  Field,
  Form,
  Page,
  Table,
  useFormats,
  useReader,
  useWords,
  type Problem,
  type Typed,
} from '#kit/view'
import { definedWords, speak, type Language } from '#kit/words'
import type { RetentionRule } from '../retention.ts'
import { jobsWords } from '../words.ts'

const ownKey = ({ code }: RetentionRule) => `retention.of.${code.replace('.', '-')}`

/** A rule in the words of the room whose it is (`retention.invitation` for the rule `network.invitation`), or as said otherwise. */
function ruleName(code: string, language: Language, otherwise: string): string {
  const [roomName = '', ...rest] = code.split('.')
  const words = definedWords().get(roomName)
  const key = `retention.${rest.join('.')}`
  if (!words) return otherwise
  const t = speak(words, language)
  return t.has(key) ? t(key) : otherwise
}

/** How long each kind of thing is kept; who may changes it, saying why. */
export function RetentionRules({
  rules,
  mayChange,
  problems,
  typed,
}: {
  rules: readonly RetentionRule[]
  mayChange: boolean
  problems: readonly Problem[]
  typed?: Typed | undefined
}) {
  const t = useWords(jobsWords)
  const { unit } = useFormats()
  const { language } = useReader()
  const nameOf = (rule: RetentionRule) =>
    ruleName(rule.code, language, t.has(ownKey(rule)) ? t(ownKey(rule) as 'retention.of.mail-text') : rule.code)
  return (
    <Page title={t('retention.title')} lead={t('retention.lead')}>
      <Table
        caption={t('retention.caption')}
        columns={[
          { id: 'what', head: t('retention.what'), names: true, cell: (rule) => nameOf(rule) },
          { id: 'days', head: t('retention.days'), figures: true, cell: ({ days }) => unit(days, 'day') },
          {
            id: 'active',
            head: t('retention.state'),
            cell: ({ active }) => (
              <Badge tone={active ? 'done' : 'over'}>{t(active ? 'retention.active' : 'retention.idle')}</Badge>
            ),
          },
        ]}
        rows={rules}
        rowId={({ id }) => id}
        responsive
        actions={
          mayChange ? (rule) => <Change rule={rule} name={nameOf(rule)} problems={problems} typed={typed} /> : undefined
        }
      />
    </Page>
  )
}

function Change({
  rule,
  name,
  problems,
  typed,
}: {
  rule: RetentionRule
  name: string
  problems: readonly Problem[]
  typed: Typed | undefined
}) {
  const t = useWords(jobsWords)
  const own = typed?.['id'] === rule.id
  return (
    <details open={own}>
      <summary>{t('retention.change')}</summary>
      <Form
        id={`rule-${rule.id}`}
        label={name}
        problems={own ? problems : []}
        typed={own ? typed : undefined}
        buttons={
          <Button kind="second" label={`${t('retention.save')}: ${name}`}>
            {t('retention.save')}
          </Button>
        }
      >
        <input type="hidden" name="id" value={rule.id} />
        <Field kind="number" name="days" label={t('retention.days')} value={rule.days} minimum={1} required />
        <Field kind="checkbox" name="active" label={t('retention.active')} checked={rule.active} />
        <Field kind="text" name="reason" label={t('retention.reason')} required />
      </Form>
    </details>
  )
}
