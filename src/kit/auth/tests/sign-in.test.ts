import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { getMigrations } from 'better-auth/db/migration'
import { createOTP } from '@better-auth/utils/otp'
import { authOptions } from '../instance.ts'
import { safeNext } from '../index.ts'
import { browser } from './browser.ts'
import { house, secret } from './house.tsx'

type House = Awaited<ReturnType<typeof house>>

describe('signing in', () => {
  let world: House
  before(async () => {
    world = await house()
    await world.person('Rosa', 'rosa@museo.example', 'la sal de maras 1532')
    await world.person('Inés', 'ines@museo.example')
  })

  it('has the tables that better-auth asks for', async () => {
    const plan = await getMigrations(
      authOptions({ database: world.asOwner, secret, origin: 'http://localhost', oidc: null, onToken() {} }),
      { throwOnUnsafe: false },
    )
    assert.deepEqual(
      {
        problems: plan.schemaProblems,
        unsafe: plan.unsafeChanges,
        tables: plan.toBeCreated,
        columns: plan.toBeAdded,
        indexes: plan.toBeAddedIndexes,
      },
      { problems: [], unsafe: [], tables: [], columns: [], indexes: [] },
    )
  })

  it('by password, without script, and leads on to where one wanted', async () => {
    const visitor = browser(world.hall)
    const form = await visitor.get('/es/ingresar?next=/es/mio')
    const wrong = await visitor.press(form, 'Ingresar', {
      'Correo electrónico': 'Rosa@museo.example',
      Contraseña: 'otra cosa larga',
    })
    assert.equal(wrong.status, 422)
    assert.equal(wrong.page.field('Correo electrónico').attributes.value, 'Rosa@museo.example')
    const inside = await visitor.press(wrong, 'Ingresar', { Contraseña: 'la sal de maras 1532' })
    assert.equal(inside.path, '/es/mio')
    assert.equal(inside.page.one('heading').children.length, 1)
    assert.match(inside.html, /<h1>Rosa<\/h1>/)
    assert.ok([...visitor.jar.keys()].includes('quipu.session_token'))
  })

  it('tells nobody whether an address has an account', async () => {
    const told = async (email: string, button: string) => {
      const visitor = browser(world.hall)
      const seen = await visitor.press(await visitor.get('/es/ingresar'), button, {
        'Correo electrónico': email,
        Contraseña: 'otra cosa larga',
      })
      return seen.page.text.replaceAll(email, 'EMAIL')
    }
    assert.equal(await told('rosa@museo.example', 'Ingresar'), await told('nobody@museo.example', 'Ingresar'))
    assert.equal(await told('ines@museo.example', 'Ingresar'), await told('nobody@museo.example', 'Ingresar'))
    assert.equal(
      await told('rosa@museo.example', 'Enviarme un enlace'),
      await told('nobody@museo.example', 'Enviarme un enlace'),
    )
    assert.equal((await world.letter('nobody@museo.example')).name, 'auth.no-account')
    assert.equal((await world.letter('nobody@museo.example')).code, '')
    const forgot = async (email: string) => {
      const visitor = browser(world.hall)
      const seen = await visitor.press(await visitor.get('/es/nueva-contrasena'), 'Enviarme el enlace', {
        'Correo electrónico': email,
      })
      return seen.page.text
    }
    assert.equal(await forgot('ines@museo.example'), await forgot('nobody2@museo.example'))
    const join = async (email: string) => {
      const visitor = browser(world.hall)
      const seen = await visitor.press(await visitor.get('/es/crear-cuenta'), 'Enviarme el enlace', {
        'Correo electrónico': email,
      })
      return seen.page.text.replaceAll(email, 'EMAIL')
    }
    assert.equal(await join('ines@museo.example'), await join('nobody3@museo.example'))
    assert.deepEqual(
      [(await world.letter('ines@museo.example')).name, (await world.letter('nobody3@museo.example')).name],
      ['auth.sign-in', 'auth.join'],
    )
  })

  it('by the six digits of a letter', async () => {
    world.clock.now = world.clock.now.add({ hours: 1 })
    const visitor = browser(world.hall)
    const code = await visitor.press(await visitor.get('/es/ingresar?next=/es/mio'), 'Enviarme un enlace', {
      'Correo electrónico': 'ines@museo.example',
    })
    assert.equal(code.path, '/es/ingresar/codigo')
    const letter = await world.letter('ines@museo.example')
    const digits = letter.code.replace(' ', '')
    const wrong = await visitor.press(code, 'Ingresar', {
      'Código de seis cifras': digits === '111111' ? '222222' : '111111',
    })
    assert.equal(wrong.status, 422)
    const inside = await visitor.press(wrong, 'Ingresar', { 'Código de seis cifras': letter.code })
    assert.equal(inside.path, '/es/mio')
    assert.match(inside.html, /<h1>Inés<\/h1>/)
    // The letter's link ended with its code.
    const other = browser(world.hall)
    assert.equal((await other.press(await other.get(letter.link), 'Ingresar')).status, 422)
  })

  it('by the link of a letter, which looking at does not spend', async () => {
    world.clock.now = world.clock.now.add({ hours: 1 })
    const visitor = browser(world.hall)
    await visitor.press(await visitor.get('/es/ingresar?next=/es/mio'), 'Enviarme un enlace', {
      'Correo electrónico': 'ines@museo.example',
    })
    const { link } = await world.letter('ines@museo.example')
    const scanner = browser(world.hall)
    await scanner.get(link)
    await scanner.get(link)
    const elsewhere = browser(world.hall)
    const opened = await elsewhere.get(link)
    const inside = await elsewhere.press(opened, 'Ingresar')
    assert.equal(inside.path, '/es/mio')
    assert.match(inside.html, /<h1>Inés<\/h1>/)
    const again = browser(world.hall)
    assert.equal((await again.press(await again.get(link), 'Ingresar')).status, 422)
  })

  it('makes an account that is on the way to a person', async () => {
    const visitor = browser(world.hall)
    await visitor.press(await visitor.get('/pt/criar-conta'), 'Enviar o link', { 'E-mail': 'nova@museo.example' })
    const letter = await world.letter('nova@museo.example')
    assert.deepEqual([letter.name, letter.language], ['auth.join', 'pt'])
    const arrived = await visitor.press(await visitor.get(letter.link), 'Entrar')
    assert.equal(arrived.path, '/pt/quien')
    assert.match(arrived.html, /<h1>nova@museo.example<\/h1>/)
    // Nobody yet: no session for the rooms.
    assert.match((await visitor.get('/pt/mio')).html, /<h1>nadie<\/h1>/)
  })

  it('slows down and does not lock', async () => {
    const visitor = browser(world.hall)
    let seen = await visitor.get('/es/ingresar')
    for (let tries = 0; tries < 9; tries++)
      seen = await visitor.press(seen, 'Ingresar', {
        'Correo electrónico': 'slow@museo.example',
        Contraseña: 'mal mal mal',
      })
    assert.match(seen.page.text, /Espere \d+ segundos/)
    assert.equal((await world.log()).at(-1), 'password slowed')
    world.clock.now = world.clock.now.add({ minutes: 1 })
    seen = await visitor.press(seen, 'Ingresar', { Contraseña: 'mal mal mal' })
    assert.match(seen.page.text, /no corresponden/)
  })

  it('sets a new password by a letter, once, and ends every session', async () => {
    world.clock.now = world.clock.now.add({ hours: 1 })
    const before = browser(world.hall)
    await before.press(await before.get('/es/ingresar'), 'Ingresar', {
      'Correo electrónico': 'rosa@museo.example',
      Contraseña: 'la sal de maras 1532',
    })
    const visitor = browser(world.hall)
    await visitor.press(await visitor.get('/es/nueva-contrasena'), 'Enviarme el enlace', {
      'Correo electrónico': 'rosa@museo.example',
    })
    const { link } = await world.letter('rosa@museo.example')
    const short = await visitor.press(await visitor.get(link), 'Guardar la contraseña', {
      'Nueva contraseña': 'corta',
      'Nueva contraseña, otra vez': 'otra',
    })
    assert.equal(short.page.one('alert').children.length > 0, true)
    assert.match(short.page.text, /al menos 10 caracteres.*no son iguales/s)
    const saved = await visitor.press(short, 'Guardar la contraseña', {
      'Nueva contraseña': 'una frase bien larga',
      'Nueva contraseña, otra vez': 'una frase bien larga',
    })
    assert.equal(saved.path, '/es/ingresar')
    assert.match((await before.get('/es/mio')).html, /<h1>nadie<\/h1>/)
    assert.equal(
      (
        await visitor.press(await visitor.get(link), 'Guardar la contraseña', {
          'Nueva contraseña': 'y otra bien larga',
          'Nueva contraseña, otra vez': 'y otra bien larga',
        })
      ).status,
      422,
    )
    const inside = await visitor.press(await visitor.get('/es/ingresar'), 'Ingresar', {
      'Correo electrónico': 'rosa@museo.example',
      Contraseña: 'una frase bien larga',
    })
    assert.equal(inside.path, '/es/cuenta')
  })

  it('asks for the second factor after a password and after a letter', async () => {
    world.clock.now = world.clock.now.add({ hours: 1 })
    await world.person('Teresa', 'teresa@museo.example', 'los quipus de puruchuco')
    const visitor = browser(world.hall)
    const credentials = { 'Correo electrónico': 'teresa@museo.example', Contraseña: 'los quipus de puruchuco' }
    await visitor.press(await visitor.get('/es/ingresar'), 'Ingresar', credentials)
    const setup = await visitor.press(await visitor.get('/es/cuenta/segundo-factor'), 'Empezar', {
      'Contraseña actual': 'los quipus de puruchuco',
    })
    const address = new URL(setup.page.one('link', 'Abrir en la aplicación de este dispositivo').attributes.href!)
    const key = Buffer.from(base32(address.searchParams.get('secret')!)).toString()
    const code = () => createOTP(key).totp()
    const codes = setup.html.match(/<code>([\w-]{11})<\/code>/g)!.map((one) => one.slice(6, -7))
    assert.equal(codes.length, 10)
    const wrong = await visitor.press(setup, 'Activar el segundo factor', {
      'Código que muestra la aplicación': '000000',
    })
    assert.equal(wrong.status, 422)
    assert.ok(wrong.html.includes(codes[0]!), 'the codes are still there to be kept')
    const on = await visitor.press(wrong, 'Activar el segundo factor', {
      'Código que muestra la aplicación': await code(),
    })
    assert.match(on.page.text, /Quedan 10 códigos/)

    const again = browser(world.hall)
    const step = await again.press(await again.get('/es/ingresar?next=/es/mio'), 'Ingresar', credentials)
    assert.equal(step.path.split('?')[0], '/es/ingresar/segundo-paso')
    assert.match((await again.get('/es/mio')).html, /<h1>nadie<\/h1>/)
    const refused = await again.press(step, 'Continuar', { Código: '000000' })
    assert.equal(refused.status, 422)
    assert.equal((await again.press(refused, 'Continuar', { Código: await code() })).path, '/es/mio')

    const byLetter = browser(world.hall)
    await byLetter.press(await byLetter.get('/es/ingresar?next=/es/mio'), 'Enviarme un enlace', {
      'Correo electrónico': 'teresa@museo.example',
    })
    const { link } = await world.letter('teresa@museo.example')
    const second = await byLetter.press(await byLetter.get(link), 'Ingresar')
    assert.equal(second.path.split('?')[0], '/es/ingresar/segundo-paso')
    assert.match((await byLetter.get('/es/mio')).html, /<h1>nadie<\/h1>/)
    assert.equal((await byLetter.press(second, 'Continuar', { Código: codes[3]! })).path, '/es/mio')

    const used = browser(world.hall)
    const third = await used.press(await used.get('/es/ingresar'), 'Ingresar', credentials)
    assert.equal(
      (await used.press(third, 'Continuar', { Código: codes[3]! })).status,
      422,
      'a recovery code serves once',
    )
    const off = await again.press(await again.get('/es/cuenta/segundo-factor'), 'Desactivar el segundo factor', {})
    assert.equal(off.status, 422, 'the password is asked for')
  })

  it('lists sessions and ends them; signs out', async () => {
    world.clock.now = world.clock.now.add({ hours: 1 })
    await world.person('Elena', 'elena@museo.example', 'el museo de la sal')
    const credentials = { 'Correo electrónico': 'elena@museo.example', Contraseña: 'el museo de la sal' }
    const [one, other] = [browser(world.hall), browser(world.hall)]
    await one.press(await one.get('/es/ingresar'), 'Ingresar', credentials)
    await other.press(await other.get('/es/ingresar'), 'Ingresar', credentials)
    const account = await one.get('/es/cuenta')
    assert.equal(account.page.rows('Sesiones abiertas').length, 3)
    assert.deepEqual(account.page.rows('Sesiones abiertas')[1]!.slice(0, 2), ['Firefox en Linux', '127.0.0.1'])
    const ended = await one.press(account, 'Cerrar: Firefox en Linux')
    assert.equal(ended.page.rows('Sesiones abiertas').length, 2)
    assert.match((await other.get('/es/mio')).html, /<h1>nadie<\/h1>/)
    const strangers = browser(world.hall)
    await strangers.press(await strangers.get('/es/ingresar'), 'Ingresar', {
      'Correo electrónico': 'rosa@museo.example',
      Contraseña: 'una frase bien larga',
    })
    const [{ id }] = (await world.ask(
      `select s.id from auth.session s join auth."user" u on u.id = s.user_id where u.email = 'elena@museo.example'`,
    )) as [{ id: string }]
    assert.equal((await strangers.send(`/es/cuenta/sesiones/${id}`, {})).status, 404, "another's session is not there")
    await one.send('/es/salir', {})
    assert.match((await one.get('/es/mio')).html, /<h1>nadie<\/h1>/)
    assert.equal((await one.get('/es/cuenta')).status, 403)
  })

  it('changes the address only when the new one is proved', async () => {
    world.clock.now = world.clock.now.add({ hours: 1 })
    const id = await world.person('Marta', 'marta@museo.example', 'la casa de la moneda')
    const visitor = browser(world.hall)
    await visitor.press(await visitor.get('/es/ingresar'), 'Ingresar', {
      'Correo electrónico': 'marta@museo.example',
      Contraseña: 'la casa de la moneda',
    })
    const wrong = await visitor.press(await visitor.get('/es/cuenta/correo'), 'Enviar el enlace', {
      'Correo nuevo': 'marta@otra.example',
      'Contraseña actual': 'no es',
    })
    assert.equal(wrong.status, 422)
    const taken = await visitor.press(wrong, 'Enviar el enlace', {
      'Correo nuevo': 'rosa@museo.example',
      'Contraseña actual': 'la casa de la moneda',
    })
    const sent = await visitor.press(await visitor.get('/es/cuenta/correo'), 'Enviar el enlace', {
      'Correo nuevo': 'marta@otra.example',
      'Contraseña actual': 'la casa de la moneda',
    })
    assert.equal(taken.page.one('status').children.length, sent.page.one('status').children.length)
    const { link, name } = await world.letter('marta@otra.example')
    assert.equal(name, 'auth.email-change')
    assert.match((await visitor.get('/es/cuenta')).html, /marta@museo\.example/)
    const done = await visitor.press(await visitor.get(link), 'Confirmar')
    assert.match(done.html, /marta@otra\.example/)
    assert.deepEqual(world.changed, [{ personId: id, email: 'marta@otra.example' }])
    assert.equal((await world.letter('marta@museo.example')).name, 'auth.email-changed')
  })

  it('renews a session that is in use, believes no cookie that it did not sign, and none that is over', async () => {
    const email = 'olinda@museo.example'
    await world.person('Olinda', email, 'el museo de la sal')
    const visitor = browser(world.hall)
    await visitor.press(await visitor.get('/es/ingresar'), 'Ingresar', {
      'Correo electrónico': email,
      Contraseña: 'el museo de la sal',
    })
    const ofHers = `user_id = (select id from auth."user" where email = '${email}')`
    await world.ask(`update auth.session set expires_at = expires_at - interval '2 days' where ${ofHers}`)
    const renewed = await visitor.get('/es/mio')
    assert.match(renewed.html, /<h1>Olinda<\/h1>/)
    assert.ok(renewed.headers.getSetCookie().some((line) => line.startsWith('quipu.session_token=')))
    const [row] = await world.ask(
      `select expires_at > now() + interval '29 days' as renewed from auth.session where ${ofHers}`,
    )
    assert.equal(row!['renewed'], true)
    const cookie = visitor.jar.get('quipu.session_token')!
    visitor.jar.set(
      'quipu.session_token',
      cookie.replace(/^./, (sign) => (sign === 'a' ? 'b' : 'a')),
    )
    assert.match((await visitor.get('/es/mio')).html, /<h1>nadie<\/h1>/)
    visitor.jar.set('quipu.session_token', '%E0%A4%A')
    assert.match((await visitor.get('/es/mio')).html, /<h1>nadie<\/h1>/)
    visitor.jar.set('quipu.session_token', cookie)
    await world.ask(`update auth.session set expires_at = now() where ${ofHers}`)
    assert.match((await visitor.get('/es/mio')).html, /<h1>nadie<\/h1>/)
  })

  it('leads nowhere else', () => {
    assert.deepEqual(
      ['/es/mio?x=1', '//evil.example', '/\\evil.example', 'https://evil.example', '/a\nb', '', null].map(safeNext),
      ['/es/mio?x=1', '', '', '', '', '', ''],
    )
  })
})

describe('signing in to the demo', () => {
  it('is one click, and takes no real accounts', async () => {
    const people: { personId: string; name: string; part: string }[] = []
    const demo = await house({ demo: people })
    people.push({
      personId: await demo.person('Lucía Quispe', 'x@demo.invalid'),
      name: 'Lucía Quispe',
      part: 'Oficina técnica',
    })
    const visitor = browser(demo.hall)
    const inside = await visitor.press(await visitor.get('/es/ingresar?next=/es/mio'), 'Ingresar como Lucía Quispe')
    assert.equal(inside.path, '/es/mio')
    assert.match(inside.html, /<h1>Lucía Quispe<\/h1>/)
    const stranger = await demo.person('Nadie Más', 'n@demo.invalid')
    const outsider = browser(demo.hall)
    assert.equal((await outsider.send('/es/ingresar/demostracion', { person: stranger })).status, 422)
    assert.equal((await outsider.send('/es/crear-cuenta', { email: 'real@museo.example' })).status, 422)
    assert.equal(
      (await outsider.send('/es/ingresar', { email: 'x@demo.invalid', password: 'whatever', way: 'password' })).status,
      422,
    )
    assert.deepEqual(await demo.ask('select 1 from mail.letter'), [])
  })
})

function base32(text: string): Uint8Array {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text.replace(/=+$/, '')].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}
