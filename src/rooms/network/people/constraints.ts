import { tellConstraints } from '#kit/http'

tellConstraints({
  'an address belongs to one person': { field: 'email', words: 'people.problem.address-taken' },
  "an account's address is its own": { field: 'email', words: 'people.problem.sign-in-first' },
  "an account is one person's": { words: 'people.problem.sign-in-first' },
  'duties that are kept apart are not joined in one person': { field: 'role', words: 'people.problem.finance-selects' },
  'a version of a legal text is published once': { field: 'version', words: 'people.problem.version-taken' },
  person_country_code_fkey: { field: 'countryCode', words: 'kit.problem.country' },
  invitation_institution_id_fkey: { field: 'institution', words: 'people.problem.institution-unknown' },
  affiliation_institution_id_fkey: { field: 'institution', words: 'people.problem.institution-unknown' },
})
