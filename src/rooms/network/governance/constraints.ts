import { tellConstraints } from '#kit/http'

tellConstraints({
  'a country has one membership at a time': { field: 'from', words: 'governance.problem.membership-overlaps' },
  'a seat is held by one person at a time': { field: 'seatId', words: 'governance.problem.seat-taken' },
  "a body's code is used once": { field: 'code', words: 'governance.problem.code-taken' },
  "a decision's number is used once": { field: 'code', words: 'governance.problem.code-taken' },
  'a country is entered once': { field: 'code', words: 'governance.problem.country-entered' },
  membership_country_code_fkey: { field: 'countryCode', words: 'governance.problem.country-unknown' },
  body_country_code_fkey: { field: 'countryCode', words: 'governance.problem.country-unknown' },
  mandate_person_id_fkey: { field: 'personId', words: 'governance.problem.person' },
})
