/** The pages that the frame around every page leads to, where they are in this installation. */
export const places = {
  home: 'front.home',
  search: 'front.search',
  mine: 'front.mine',
  about: 'front.about',
  accessibility: 'front.accessibility',
  privacy: 'network.privacy',
  signIn: 'auth.sign-in',
  signOut: 'auth.sign-out',
} as const

/** The names of the hidden fields that every form carries, and of the search that an autocomplete asks for. */
export const hidden = {
  csrf: '_csrf',
  key: '_key',
  version: '_version',
  /** The name of the button by which an autocomplete asks for matches; its value is the field's name. Nothing is to be done but draw the page again. */
  find: '_find',
} as const
