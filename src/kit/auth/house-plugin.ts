import type { BetterAuthPlugin } from 'better-auth'
import { createAuthEndpoint, createAuthMiddleware } from 'better-auth/api'
import { deleteSessionCookie, setSessionCookie } from 'better-auth/cookies'
import { generateRandomString } from 'better-auth/crypto'
import { z } from 'zod'

const challengeSeconds = 600

/** Ways in by a letter: better-auth asks for the second factor only after a password, and we ask for it after these too. */
const byLetter = new Set(['/magic-link/verify', '/sign-in/email-otp'])

/**
 * What the house adds to better-auth: beginning a session for someone whose right to it was proved elsewhere (an invitation's link, the demo's one click),
 * setting a password anew where the person just proved who they are, and the second factor after a letter.
 */
export const housePlugin = () =>
  ({
    id: 'quipu-house',
    endpoints: {
      beginSession: createAuthEndpoint.serverOnly(
        { method: 'POST', requireHeaders: true, body: z.object({ userId: z.string() }) },
        async (ctx) => {
          const user = await ctx.context.internalAdapter.findUserById(ctx.body.userId)
          if (!user) throw ctx.error('NOT_FOUND')
          const session = await ctx.context.internalAdapter.createSession(user.id)
          await setSessionCookie(ctx, { session, user })
          return ctx.json({ token: session.token })
        },
      ),
      renewPassword: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ userId: z.string(), password: z.string() }) },
        async (ctx) => {
          const { userId, password } = ctx.body
          const hash = await ctx.context.password.hash(password)
          const account = await ctx.context.internalAdapter.findCredentialAccount(userId)
          if (account) await ctx.context.internalAdapter.updatePassword(userId, hash)
          else
            await ctx.context.internalAdapter.linkAccount({
              userId,
              providerId: 'credential',
              accountId: userId,
              password: hash,
            })
          return ctx.json({ status: true })
        },
      ),
    },
    hooks: {
      after: [
        {
          matcher: (context) => byLetter.has(context.path ?? ''),
          handler: createAuthMiddleware(async (ctx) => {
            const begun = ctx.context.newSession
            if (!begun || !(begun.user as { twoFactorEnabled?: boolean }).twoFactorEnabled) return
            deleteSessionCookie(ctx, true)
            await ctx.context.internalAdapter.deleteSession(begun.session.token)
            ctx.context.setNewSession(null)
            const cookie = ctx.context.createAuthCookie('two_factor', { maxAge: challengeSeconds })
            const identifier = `2fa-${generateRandomString(20)}`
            const expiresAt = new Date(Date.now() + challengeSeconds * 1000)
            await ctx.context.internalAdapter.createVerificationValue({ value: begun.user.id, identifier, expiresAt })
            await ctx.context.internalAdapter.createVerificationValue({
              value: '0',
              identifier: `2fa-attempts-${identifier}`,
              expiresAt,
            })
            await ctx.setSignedCookie(cookie.name, identifier, ctx.context.secret, cookie.attributes)
            return ctx.json({ twoFactorRedirect: true })
          }),
        },
      ],
    },
  }) satisfies BetterAuthPlugin
