import { tellConstraints } from '#kit/http'

tellConstraints({
  'an instrument is published once a year': { field: 'year', words: 'returns.problem.once-a-year' },
  'a return opens before it closes': { field: 'openUntil', words: 'returns.problem.closes-first' },
  'a museum answers an instrument once': { field: 'institutionId', words: 'returns.problem.begun' },
})
