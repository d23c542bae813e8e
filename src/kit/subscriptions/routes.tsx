import { require } from '#kit/access'
import { get, page, post, room, seeOther, submit, type Ask, type Room } from '#kit/http'
import { isLanguage, speak } from '#kit/words'
import { atomFeed, calendarFeed, datedOf, entriesOf, type Of } from './feed.ts'
import { changeForm, wishForm } from './forms.ts'
import { listHappenings, type Among } from './happening.ts'
import {
  changeFrequency,
  endSubscription,
  listSubscriptions,
  maySubscribe,
  subscribe,
  subscriptionKinds,
  type Wish,
} from './subscription.ts'
import { Mine, New } from './views/mine.tsx'
import { subscriptionWords } from './words.ts'

declare module '#kit/view' {
  interface Addresses {
    'subscriptions.mine': Record<never, string>
    'subscriptions.new': Record<never, string>
    'subscriptions.atom': { language: string }
    'subscriptions.calendar': { language: string }
  }
}

async function minePage(ask: Ask) {
  require(maySubscribe(ask.actor))
  const subscriptions = await ask.read((db) => listSubscriptions(ask.actor, db))
  return page(<Mine subscriptions={subscriptions} />)
}

/** What a link asks for: `?kind=topic&subject=conservation&title=…`. An unknown kind is everything. */
function wished(of: URLSearchParams | Record<string, unknown>): Omit<Wish, 'frequency'> {
  const get = (name: string) => String((of instanceof URLSearchParams ? of.get(name) : of[name]) ?? '').slice(0, 2000)
  const kind = subscriptionKinds.find((one) => one === get('kind')) ?? 'everything'
  return {
    kind,
    subject: kind === 'everything' ? '' : get('subject'),
    room: get('room') || null,
    title: get('title').slice(0, 200) || null,
  }
}

function amongOf(ask: Ask): Among {
  const { query } = ask
  return {
    room: query.get('room'),
    topic: query.get('topic'),
    country: query.get('country'),
    owner: query.get('owner'),
  }
}

/** The page of one's own wishes, and the feeds for those who want no letters. `network` is what the network calls itself. */
export function subscriptionsRoom(settings: { network(ask: Ask): Promise<string> }): Room {
  const of = async (ask: Ask, kind: 'title' | 'calendar'): Promise<Of> => {
    const language = isLanguage(ask.params['language'] ?? '') ? (ask.params['language'] as Of['language']) : 'es'
    const network = await settings.network(ask)
    const t = speak(subscriptionWords, language)
    const address = ask.origin + ask.path
    return {
      title: t(`feed.${kind}`, { network }),
      lead: t('feed.lead'),
      address,
      page: `${ask.origin}/${language}`,
      network,
      language,
      origin: ask.origin,
    }
  }
  return room('subscriptions', subscriptionWords, [
    get('mine', '/{mine}', minePage),
    post('mine', '/{mine}', (ask) =>
      submit(ask, {
        form: changeForm,
        act: async ({ id, frequency }) => {
          if (frequency === 'never') await endSubscription(ask.actor, id)
          else await changeFrequency(ask.actor, id, frequency)
          return frequency === 'never' ? 'subscriptions.told.ended' : 'subscriptions.told.changed'
        },
        then: (told) => {
          ask.tell('done', told)
          return seeOther(ask, 'subscriptions.mine')
        },
        again: async (_typed, problems) =>
          page(<Mine subscriptions={await ask.read((db) => listSubscriptions(ask.actor, db))} problems={problems} />),
      }),
    ),
    get('new', '/{mine}/{new}', (ask) => {
      require(maySubscribe(ask.actor))
      return page(<New wish={wished(ask.query)} />)
    }),
    post('new', '/{mine}/{new}', (ask) =>
      submit(ask, {
        form: wishForm,
        act: (wish, { once }) => subscribe(ask.actor, wish, once),
        then: () => {
          ask.tell('done', 'subscriptions.told.made')
          return seeOther(ask, 'subscriptions.mine')
        },
        again: (typed, problems) => page(<New wish={wished(typed)} typed={typed} problems={problems} />),
      }),
    ),
    get(
      'atom',
      '/feeds/:language/news.atom',
      async (ask) => {
        const happenings = await ask.read((db) => listHappenings(ask.actor, db, amongOf(ask)))
        const described = await of(ask, 'title')
        return new Response(atomFeed(described, entriesOf(happenings, described.language)), {
          headers: { 'content-type': 'application/atom+xml; charset=utf-8' },
        })
      },
      { plain: true },
    ),
    get(
      'calendar',
      '/feeds/:language/calendar.ics',
      async (ask) => {
        const happenings = await ask.read((db) =>
          listHappenings(ask.actor, db, { ...amongOf(ask), dated: true, limit: 500 }),
        )
        const described = await of(ask, 'calendar')
        return new Response(calendarFeed(described, datedOf(happenings, described.language)), {
          headers: { 'content-type': 'text/calendar; charset=utf-8' },
        })
      },
      { plain: true },
    ),
  ])
}
