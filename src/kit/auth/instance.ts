import { createHmac } from 'node:crypto'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { emailOTP, genericOAuth, magicLink, twoFactor } from 'better-auth/plugins'
import type { Database } from '#kit/db'
import { authHandle } from './dialect.ts'
import { housePlugin } from './house-plugin.ts'
import {
  clientHeader,
  letterSeconds,
  passwordLength,
  renewSeconds,
  resetSeconds,
  sessionSeconds,
  type Oidc,
} from './limits.ts'

export type InstanceOptions = {
  database: Database
  secret: string
  /** The public address without a slash at its end. */
  origin: string
  oidc: Oidc | null
  /** Told of the token that a letter is to carry, instead of sending it: the house writes its own letters. */
  onToken(kind: 'link' | 'reset' | 'change', token: string): void
}

/** Where better-auth's own addresses would be; only its OIDC return is reachable from outside. */
export const basePath = '/auth'

/**
 * What better-auth is told. Its tables stand in schema `auth` (`db/migrations/0008_auth.sql`), its columns in snake case; rates are kept by the
 * house (`#kit/http`), and nothing is ever locked.
 */
export function authOptions({ database, secret, origin, oidc, onToken }: InstanceOptions) {
  const common = { createdAt: 'created_at', updatedAt: 'updated_at' }
  return {
    appName: 'Quipu',
    baseURL: origin,
    basePath,
    secret,
    database: { db: authHandle(database), type: 'postgres' as const, schemaName: 'auth' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'quipu',
      useSecureCookies: origin.startsWith('https:'),
      database: { generateId: 'uuid' as const },
      ipAddress: { ipAddressHeaders: [clientHeader] },
    },
    user: {
      fields: { ...common, emailVerified: 'email_verified' },
      additionalFields: {
        personId: { type: 'string' as const, required: false, input: false, unique: true, fieldName: 'person_id' },
      },
      changeEmail: { enabled: true },
    },
    session: {
      expiresIn: sessionSeconds,
      updateAge: renewSeconds,
      freshAge: 24 * 3600,
      fields: {
        ...common,
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        userId: 'user_id',
      },
      additionalFields: {
        method: { type: 'string' as const, required: false, input: false },
        secondFactor: {
          type: 'boolean' as const,
          required: false,
          input: false,
          defaultValue: false,
          fieldName: 'second_factor',
        },
      },
    },
    account: {
      fields: {
        ...common,
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
      encryptOAuthTokens: true,
      accountLinking: { enabled: true },
    },
    verification: { fields: { ...common, expiresAt: 'expires_at' } },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      requireEmailVerification: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: resetSeconds,
      sendResetPassword: async ({ token }: { token: string }) => onToken('reset', token),
    },
    emailVerification: {
      expiresIn: resetSeconds,
      sendVerificationEmail: async ({ token }: { token: string }) => onToken('change', token),
    },
    plugins: [
      magicLink({
        expiresIn: letterSeconds,
        storeToken: 'hashed',
        sendMagicLink: async ({ token }) => onToken('link', token),
      }),
      emailOTP({
        otpLength: 6,
        expiresIn: letterSeconds,
        allowedAttempts: 5,
        // Six digits hashed without a secret could be found by trying all of them.
        storeOTP: { hash: async (code) => createHmac('sha256', secret).update(`code\n${code}`).digest('base64url') },
        sendVerificationOTP: async () => undefined,
      }),
      twoFactor({
        issuer: new URL(origin).host,
        allowPasswordless: true,
        accountLockout: { enabled: false },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'two_factor',
            fields: {
              backupCodes: 'backup_codes',
              userId: 'user_id',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      passkey({
        rpName: 'Quipu',
        origin,
        schema: {
          passkey: {
            fields: {
              publicKey: 'public_key',
              userId: 'user_id',
              credentialID: 'credential_id',
              deviceType: 'device_type',
              backedUp: 'backed_up',
              createdAt: 'created_at',
            },
          },
        },
        advanced: { webAuthnChallengeCookie: 'passkey_challenge' },
      }),
      ...(oidc ? [ministry(oidc)] : []),
      housePlugin(),
    ],
  }
}

export type Instance = ReturnType<typeof makeInstance>

export function makeInstance(options: InstanceOptions) {
  // The list of plugins is a literal without the ministry's accounts, whose presence is not part of the type.
  const given = authOptions(options)
  return betterAuth(given as Omit<typeof given, 'plugins'> & { plugins: Plugins })
}

type Plugins = [
  ReturnType<typeof magicLink>,
  ReturnType<typeof emailOTP>,
  ReturnType<typeof twoFactor>,
  ReturnType<typeof passkey>,
  ReturnType<typeof housePlugin>,
]

function ministry({ issuer, clientId, clientSecret }: Oidc) {
  return genericOAuth({
    config: [
      {
        providerId: 'oidc',
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        requireIdTokenVerification: true,
      },
    ],
  })
}
