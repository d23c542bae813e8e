/** What a schema says of a value that it refuses: the shape of zod's issues, of which only these parts are read. */
export type Issue = {
  code?: string
  input?: unknown
  expected?: string
  origin?: string
  format?: string
  minimum?: number | bigint
  maximum?: number | bigint
  divisor?: number | bigint
  inclusive?: boolean
  values?: readonly unknown[]
  keys?: readonly string[]
  params?: { words?: string; values?: Record<string, string | number> }
  message?: string
}

export type ProblemWords = { words: string; values?: Record<string, string | number> }

const formats: Record<string, string> = {
  email: 'email',
  url: 'url',
  date: 'date',
  time: 'time',
  datetime: 'date-time',
  uuid: 'reference',
  guid: 'reference',
  e164: 'telephone',
  ipv4: 'format',
  json_string: 'format',
}

/**
 * The sentence, by its full key, for an issue of a schema. A schema may bring its own by `params: { words, values }`.
 * An empty or absent value always reads "required", whatever the rule it broke: that is what a person did.
 */
export function problemWords(issue: Issue): ProblemWords {
  if (issue.params?.words) return { words: issue.params.words, values: issue.params.values ?? {} }
  if (isBlank(issue.input) && issue.code !== 'too_big') return { words: 'kit.problem.required' }
  switch (issue.code) {
    case 'invalid_type':
      return { words: `kit.problem.${typeWords(issue.expected)}` }
    case 'invalid_format':
      return { words: `kit.problem.${formats[issue.format ?? ''] ?? 'format'}` }
    case 'invalid_value':
    case 'invalid_union':
      return { words: 'kit.problem.choice' }
    case 'not_multiple_of':
      return { words: 'kit.problem.step', values: { step: Number(issue.divisor) } }
    case 'unrecognized_keys':
      return { words: 'kit.problem.unknown-field', values: { field: (issue.keys ?? []).join(', ') } }
    case 'too_small':
      return limit(issue, 'minimum')
    case 'too_big':
      return limit(issue, 'maximum')
    default:
      return { words: 'kit.problem.invalid' }
  }
}

function isBlank(input: unknown): boolean {
  return input === undefined || input === null || (typeof input === 'string' && input.trim() === '')
}

function typeWords(expected: string | undefined): string {
  if (expected === 'number' || expected === 'nan' || expected === 'bigint') return 'number'
  if (expected === 'int') return 'whole-number'
  if (expected === 'date') return 'date'
  if (expected === 'file') return 'file'
  return 'invalid'
}

function limit(issue: Issue, side: 'minimum' | 'maximum'): ProblemWords {
  const bound = Number(issue[side])
  const low = side === 'minimum'
  if (issue.origin === 'string') {
    return { words: low ? 'kit.problem.too-short' : 'kit.problem.too-long', values: { count: bound } }
  }
  if (issue.origin === 'array' || issue.origin === 'set') {
    return { words: low ? 'kit.problem.too-few' : 'kit.problem.too-many', values: { count: bound } }
  }
  if (issue.origin === 'file') return { words: low ? 'kit.problem.file-empty' : 'kit.problem.file-too-big' }
  if (issue.origin === 'date') return { words: low ? 'kit.problem.too-early' : 'kit.problem.too-late' }
  const strict = issue.inclusive === false
  const words = low ? (strict ? 'above' : 'at-least') : strict ? 'below' : 'at-most'
  return { words: `kit.problem.${words}`, values: { limit: bound } }
}
