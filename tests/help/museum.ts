/** Museums and people for tests of rooms that need some to be there, made through the network's own door. */
import type { Actor, Grant } from '#kit/access'
import { enterPerson, fillInstitution, registerInstitution, submitInstitution, validateInstitution } from '#network'

/** A museum of the register, vouched for by its country. Answers its id. */
export async function listedMuseum(
  house: Actor,
  country: string,
  name: string,
  sizeClass: 'small' | 'medium' | 'large' = 'small',
): Promise<string> {
  const { id } = await registerInstitution(house, {
    country,
    kind: 'museum',
    name,
    city: 'Cusco',
    nameLanguage: 'es',
    invented: true,
    source: 'test',
  })
  await fillInstitution(house, id, { sizeClass, type: 'history', legalKind: 'public', email: 'museo@museo.example' })
  await submitInstitution(house, id)
  await validateInstitution(house, id)
  return id
}

/** Someone who has entered, with these roles. */
export async function someoneWith(house: Actor, name: string, ...grants: Omit<Grant, 'id'>[]): Promise<Actor> {
  const personId = await enterPerson(house, {
    givenNames: name,
    firstSurname: name,
    secondSurname: '',
    countryCode: 'PE',
    language: 'es',
    zone: 'America/Lima',
    profession: '',
    invented: true,
    actsWithoutEmail: false,
  })
  return {
    ...house,
    kind: 'person',
    personId,
    grants: grants.map((grant) => ({ ...grant, id: personId })),
    zone: 'America/Lima',
  }
}
