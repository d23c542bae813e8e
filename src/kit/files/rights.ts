/** What may be done with a picture or document: codes are permanent, their names are words (`files.rights.…`). */
export const rights = {
  'CC0-1.0': 'https://creativecommons.org/publicdomain/zero/1.0/',
  'PDM-1.0': 'https://creativecommons.org/publicdomain/mark/1.0/',
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
  'CC-BY-SA-4.0': 'https://creativecommons.org/licenses/by-sa/4.0/',
  'CC-BY-NC-4.0': 'https://creativecommons.org/licenses/by-nc/4.0/',
  'CC-BY-NC-SA-4.0': 'https://creativecommons.org/licenses/by-nc-sa/4.0/',
  'CC-BY-ND-4.0': 'https://creativecommons.org/licenses/by-nd/4.0/',
  'CC-BY-NC-ND-4.0': 'https://creativecommons.org/licenses/by-nc-nd/4.0/',
  InC: 'https://rightsstatements.org/vocab/InC/1.0/',
  'InC-EDU': 'https://rightsstatements.org/vocab/InC-EDU/1.0/',
  'InC-NC': 'https://rightsstatements.org/vocab/InC-NC/1.0/',
  'InC-RUU': 'https://rightsstatements.org/vocab/InC-RUU/1.0/',
  'InC-OW-EU': 'https://rightsstatements.org/vocab/InC-OW-EU/1.0/',
  'NoC-CR': 'https://rightsstatements.org/vocab/NoC-CR/1.0/',
  'NoC-NC': 'https://rightsstatements.org/vocab/NoC-NC/1.0/',
  'NoC-OKLR': 'https://rightsstatements.org/vocab/NoC-OKLR/1.0/',
  'NoC-US': 'https://rightsstatements.org/vocab/NoC-US/1.0/',
  CNE: 'https://rightsstatements.org/vocab/CNE/1.0/',
  UND: 'https://rightsstatements.org/vocab/UND/1.0/',
  NKC: 'https://rightsstatements.org/vocab/NKC/1.0/',
} as const

export type Rights = keyof typeof rights
export const isRights = (code: string): code is Rights => Object.hasOwn(rights, code)
/** The page that explains a code, as open data names it. */
export const rightsAddress = (code: Rights): string => rights[code]
