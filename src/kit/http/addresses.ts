import { languages, type Language, type Tree } from '#kit/words'
import type { Room, Route } from './room.ts'

export type AddressBook = {
  /** The path of a page in a language; throws when there is no page of that name or a parameter is missing. */
  address(name: string, params: Record<string, string> | undefined, language: Language): string
  has(name: string): boolean
  /** The pattern that the router takes, a language at a time. */
  pattern(route: Route, language: Language): string
  routes: readonly Route[]
}

/** Every page of the house by name, in every language. Two rooms cannot claim one name. */
export function addressBook(rooms: readonly Room[]): AddressBook {
  const patterns = new Map<string, Record<Language, string>>()
  const routes = rooms.flatMap((room) => room.routes)
  for (const room of rooms) {
    for (const route of room.routes) {
      const inLanguages = Object.fromEntries(
        languages.map((language) => [language, localised(room, route, language)]),
      ) as Record<Language, string>
      const known = patterns.get(route.name)
      if (known && known.es !== inLanguages.es)
        throw new Error(`Two addresses are called ${route.name}: ${known.es} and ${inLanguages.es}`)
      patterns.set(route.name, inLanguages)
    }
  }
  return {
    routes,
    has: (name) => patterns.has(name),
    pattern: (route, language) => patterns.get(route.name)![language],
    address(name, params = {}, language) {
      const pattern = patterns.get(name)?.[language]
      if (pattern === undefined) throw new Error(`No page is called ${name}`)
      return encodeURI(pattern).replaceAll(/:(\w+)(?:%7B.*?%7D)?/g, (_, part: string) => {
        const value = params[part]
        if (value === undefined) throw new Error(`${name} needs ${part}`)
        return encodeURIComponent(value)
      })
    },
  }
}

function localised(room: Room, route: Route, language: Language): string {
  const path = route.pattern.replaceAll(/\{(\w[\w-]*)\}/g, (whole, key: string, at: number) => {
    // `:id{[a-z]+}` is a parameter's shape, not a word.
    if (at > 0 && /[\w]/.test(route.pattern[at - 1]!)) return whole
    const branch = (room.words.texts[language]['path'] ?? room.words.texts.es['path']) as Tree | undefined
    const word = branch?.[key]
    if (typeof word !== 'string') throw new Error(`${room.name} has no word path.${key} in ${language}`)
    return word
  })
  return route.plain ? path : `/${language}${path === '/' ? '' : path}`
}
