/** A cookie that scripts cannot read and other sites do not send. Without `seconds` it ends with the browser's session. */
export function cookie(name: string, value: string, options: { secure: boolean; seconds?: number }): string {
  const parts = [`${name}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Lax']
  if (options.secure) parts.push('Secure')
  if (options.seconds !== undefined) parts.push(`Max-Age=${options.seconds}`)
  return parts.join('; ')
}
