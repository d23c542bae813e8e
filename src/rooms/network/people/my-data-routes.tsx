import type { Problem } from '#kit/access'
import { get, page, post, seeOther, submit, type Answer, type Ask, type Typed } from '#kit/http'
import { erasePerson, exportPersonalData } from './actions/personal-data.ts'
import { setConsent } from './actions/profile.ts'
import { consentForm, eraseForm } from './forms.ts'
import { ownId } from './pieces.ts'
import { listConsents, loadPersonScope } from './queries.ts'
import { ErasedPage, ErasePage, MyDataPage } from './views/my-data.tsx'

async function myData(ask: Ask, problems?: Problem[]): Promise<Answer> {
  const id = ownId(ask)
  const [rooms, consents] = [
    await exportPersonalData(ask.actor, id),
    await ask.read((db) => listConsents(ask.actor, db, id)),
  ]
  return page(<MyDataPage rooms={rooms} consents={consents} problems={problems} />)
}

async function erase(ask: Ask, again: { typed?: Typed; problems?: Problem[] } = {}): Promise<Answer> {
  const { name } = await ask.read((db) => loadPersonScope(ask.actor, db, ownId(ask)))
  return page(<ErasePage name={name} {...again} />)
}

/** A person's own data: seen, taken along, erased. */
export const myDataRoutes = [
  get('my-data', '/{my-data}', (ask) => myData(ask)),
  get('my-data-file', '/{my-data}/{file}', async (ask) => {
    const rooms = await exportPersonalData(ask.actor, ownId(ask))
    const whole = { format: 'quipu personal data 1', personId: ask.actor.personId, at: ask.actor.now.toString(), rooms }
    return new Response(JSON.stringify(whole, null, 2), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="quipu-my-data.json"',
      },
    })
  }),
  post('consents', '/{my-data}/{consents}', (ask) =>
    submit(ask, {
      form: consentForm,
      act: ({ purpose, give }, { once }) => setConsent(ask.actor, ownId(ask), purpose, give, once),
      then: () => (ask.tell('done', 'people.done.consent'), seeOther(ask, 'network.my-data')),
      again: (_typed, problems) => myData(ask, problems),
    }),
  ),
  get('erase', '/{my-data}/{erase}', (ask) => erase(ask)),
  post('erase', '/{my-data}/{erase}', (ask) =>
    submit(ask, {
      form: eraseForm,
      act: ({ name }, { once }) => erasePerson(ask.actor, ownId(ask), name, once),
      then: (kept) => page(<ErasedPage kept={kept} />),
      again: (typed, problems) => erase(ask, { typed, problems }),
    }),
  ),
]
