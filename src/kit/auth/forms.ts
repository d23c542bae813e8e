import { z } from 'zod'
import { passwordLength } from './limits.ts'

/** An address as accounts keep it: trimmed, in lower case. */
export const address = z.string().trim().toLowerCase().pipe(z.email().max(254))
const text = z.string().default('')

/** A new password, typed twice where it is set. Long beats strange: length is all that is asked. */
const password = z.string().min(passwordLength.min).max(passwordLength.max)

export const signInForm = z
  .object({ email: address, password: text, way: z.enum(['password', 'letter']).catch('password'), next: text })
  .superRefine(({ way, password }, context) => {
    if (way === 'password' && password === '')
      context.addIssue({ code: 'custom', path: ['password'], params: { words: 'kit.problem.required' } })
  })
export const addressForm = z.object({ email: address, next: text })
/** Six digits, however they were spaced when they were copied. */
export const codeForm = z.object({
  code: z
    .string()
    .transform((code) => code.replaceAll(/\D/g, ''))
    .pipe(z.string().regex(/^\d{6}$/)),
})
export const linkForm = z.object({ next: text })
export const secondFactorForm = z.object({
  code: z.string().trim().min(6).max(20),
  next: text,
})
export const demoForm = z.object({ person: z.uuid(), next: text })
export const newPasswordForm = z.object({ password, again: z.string() }).superRefine(sameTwice)
export const changePasswordForm = z.object({ current: text, password, again: z.string() }).superRefine(sameTwice)
export const emailForm = z.object({ email: address, current: text })
export const currentForm = z.object({ current: text })
export const confirmForm = codeForm.extend({ setup: text })
export const nothingForm = z.object({})

function sameTwice({ password, again }: { password: string; again: string }, context: z.RefinementCtx): void {
  if (password !== again)
    context.addIssue({ code: 'custom', path: ['again'], params: { words: 'auth.problem.not-the-same' } })
}
