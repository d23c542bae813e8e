import { tellConstraints } from '#kit/http'

/** What the database's last word means to whoever fills a form of this alcove. */
tellConstraints({
  'an identifier belongs to one institution': { field: 'isil', words: 'institutions.problem.identifier-taken' },
  "an institution's address is used once": { words: 'institutions.problem.address-taken' },
  'an institution has one edit waiting': { words: 'institutions.problem.edit-waiting' },
  'an institution is merged once at a time': { words: 'kit.problem.changed' },
})
