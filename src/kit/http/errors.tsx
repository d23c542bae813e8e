import { Absent, Changed, Problems, Refused, type Values } from '#kit/access'
import { kitWords, say } from '#kit/words'
import { Button, Form, Page, places, useFormats, useReader, useWords } from '#kit/view'
import { BodyRefused, type Ask } from './ask.ts'
import type { PageAnswer } from './room.ts'

/** The page is known to have been here and to be gone for good. */
export class Gone extends Error {
  constructor() {
    super('gone')
  }
}

/** Asked too often: told how many seconds to wait. */
export class TooOften extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super('too often')
    this.seconds = seconds
  }
}

type Told =
  | { status: 403; reason?: { words: string; values?: Values | undefined }; signIn?: boolean; expired?: boolean }
  | { status: 404 | 409 | 410 | 413 | 415 | 422 }
  | { status: 429; seconds: number }
  | { status: 500; requestId: string }

/** The page for what went wrong. Unknown errors are ours: 500, with the number under which they were logged, and nothing of their content. */
export function errorAnswer(about: Told | { error: unknown; ask: Ask; requestId: string }): PageAnswer {
  const told = 'status' in about ? about : tell(about.error, about.ask, about.requestId)
  return {
    page: <ErrorPage told={told} />,
    status: told.status,
    ...(told.status === 429 && { headers: { 'retry-after': String(told.seconds) } }),
  }
}

function tell(error: unknown, ask: Ask, requestId: string): Told {
  if (error instanceof Absent) return { status: 404 }
  if (error instanceof Refused)
    return { status: 403, reason: { words: error.reason, values: error.values }, signIn: ask.session === null }
  if (error instanceof Problems) return { status: 422 }
  if (error instanceof Changed) return { status: 409 }
  if (error instanceof Gone) return { status: 410 }
  if (error instanceof TooOften) return { status: 429, seconds: error.seconds }
  if (error instanceof BodyRefused) return { status: error.status }
  return { status: 500, requestId }
}

const kinds = {
  403: 'refused',
  404: 'absent',
  409: 'changed',
  410: 'gone',
  413: 'too-big',
  415: 'unsupported',
  422: 'problems',
  429: 'often',
  500: 'failed',
} as const

function ErrorPage({ told }: { told: Told }) {
  const reader = useReader()
  const t = useWords(kitWords)
  const { duration } = useFormats()
  const kind =
    told.status === 403 && told.expired
      ? 'expired'
      : told.status === 403 && told.signIn
        ? 'sign-in'
        : kinds[told.status]
  const text =
    told.status === 403 && told.reason && !told.signIn
      ? say(reader.language, told.reason.words, told.reason.values)
      : kind === 'often'
        ? t('error.often.text', { time: duration(told.status === 429 ? told.seconds : 0) })
        : kind === 'failed'
          ? t('error.failed.text', { request: told.status === 500 ? told.requestId : '' })
          : t(`error.${kind}.text`)
  return (
    <Page title={t(`error.${kind}.title`)} lead={text} robots="noindex">
      {told.status === 404 && reader.has(places.search) ? (
        <Form
          method="get"
          action={reader.address(places.search)}
          buttons={<Button kind="main">{t('action.search')}</Button>}
        >
          <label class="label" for="missing-words">
            {t('error.absent.search')}
          </label>
          <input id="missing-words" name="q" type="search" />
        </Form>
      ) : null}
      <p class="ways-on">
        {kind === 'sign-in' && reader.has(places.signIn) ? (
          <a
            class="button button-main"
            href={`${reader.address(places.signIn)}?next=${encodeURIComponent(reader.path)}`}
          >
            {t('action.sign-in')}
          </a>
        ) : null}
        {reader.has(places.home) ? <a href={reader.address(places.home)}>{t('error.absent.home')}</a> : null}
      </p>
    </Page>
  )
}
