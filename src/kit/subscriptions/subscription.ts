import { Absent, found, no, Problems, require, yes, type Actor, type Verdict } from '#kit/access'
import { sql, type Db } from '#kit/db'
import { record } from '#kit/record'

export const subscriptionKinds = ['topic', 'country', 'owner', 'search', 'everything'] as const
export type SubscriptionKind = (typeof subscriptionKinds)[number]
export const frequencies = ['at-once', 'daily', 'weekly'] as const
export type Frequency = (typeof frequencies)[number]

/**
 * What somebody wants to be told of. `subject` is the topic's code, the country's ISO code, the owner's id or the search's query string; `room` narrows it to one
 * room; `title` is how the person knows it (the search's words, the owner's name as it was).
 */
export type Wish = {
  kind: SubscriptionKind
  subject: string
  room: string | null
  title: string | null
  frequency: Frequency
}
export type Subscription = Wish & { id: string; createdAt: string }

const most = 100

export const maySubscribe = (actor: Actor): Verdict => (actor.kind === 'person' ? yes : no('kit.refused.sign-in'))

/** Subscribes the actor; the same wish again only changes its frequency. Answers its id. */
export function subscribe(actor: Actor, wish: Wish, once?: string | null): Promise<string> {
  require(maySubscribe(actor))
  return record(
    actor,
    'subscription.made',
    { about: { kind: 'subscription' }, once: once ?? null },
    async (db, deed) => {
      const { rows: held } = await sql<{
        count: number
      }>`select count(*) as count from subscriptions.subscription where keeper = ${actor.personId}`.execute(db)
      if (held[0]!.count >= most)
        throw new Problems([{ field: '', words: 'subscriptions.problem.too-many', values: { count: most } }])
      const { rows } = await sql<{ id: string }>`
      insert into subscriptions.subscription (keeper, kind, room, subject, title, frequency)
      values (${actor.personId}, ${wish.kind}, ${wish.room}, ${wish.subject}, ${wish.title}, ${wish.frequency})
      on conflict on constraint "one subscribes once to the same" do update set frequency = excluded.frequency, title = excluded.title
      returning id`.execute(db)
      deed.concerns(rows[0]!.id)
      return rows[0]!.id
    },
  )
}

/** Changes how often one is told. {@link Absent} if it is not the actor's. */
export function changeFrequency(actor: Actor, id: string, frequency: Frequency): Promise<void> {
  return record(actor, 'subscription.changed', { about: { kind: 'subscription', id } }, async (db) => {
    const { rows } =
      await sql`update subscriptions.subscription set frequency = ${frequency} where id = ${id} and keeper = ${actor.personId} returning id`.execute(
        db,
      )
    found(rows[0])
  })
}

/** Ends a subscription. {@link Absent} if it is not the actor's. */
export function endSubscription(actor: Actor, id: string): Promise<void> {
  return record(actor, 'subscription.ended', { about: { kind: 'subscription', id } }, async (db) => {
    const { rows } =
      await sql`delete from subscriptions.subscription where id = ${id} and keeper = ${actor.personId} returning id`.execute(
        db,
      )
    if (!rows[0]) throw new Absent()
  })
}

/** What the actor is subscribed to, newest first. */
export async function listSubscriptions(actor: Actor, db: Db): Promise<Subscription[]> {
  if (!actor.personId) return []
  return (
    await sql<Subscription>`select id, kind, subject, room, title, frequency, created_at from subscriptions.subscription
      where keeper = ${actor.personId} order by id desc`.execute(db)
  ).rows
}

/** The actor's subscription to just this, for a button that says so. */
export async function findSubscription(
  actor: Actor,
  db: Db,
  wish: Pick<Wish, 'kind' | 'subject' | 'room'>,
): Promise<Subscription | null> {
  const { rows } =
    await sql<Subscription>`select id, kind, subject, room, title, frequency, created_at from subscriptions.subscription
    where keeper = ${actor.personId} and kind = ${wish.kind} and subject = ${wish.subject} and room is not distinct from ${wish.room}`.execute(
      db,
    )
  return rows[0] ?? null
}
