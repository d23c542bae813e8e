/**
 * No test may call another machine: what it learns there would change from day to day, and what it says there is nobody's business.
 */
import { Socket, isIP } from 'node:net'

const loopback = (host: string) =>
  host === 'localhost' || host === '::1' || host.startsWith('127.') || host === '::ffff:127.0.0.1'

/** The machines that tests tried to call; what is left here at the end fails the run. */
export const called: string[] = []

/** From now on a connection to another machine fails for whoever opens it, and is noted in `called`. */
export function stayHere(): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
  const { connect } = Socket.prototype
  Socket.prototype.connect = function (this: Socket, ...asked: unknown[]) {
    const [first] = asked
    // `net.connect` hands over its arguments in a list of its own.
    const options = (Array.isArray(first) ? first[0] : first) as
      | { host?: string; path?: string }
      | number
      | string
      | undefined
    const host =
      typeof options === 'object'
        ? (options.host ?? 'localhost')
        : typeof asked[1] === 'string'
          ? asked[1]
          : 'localhost'
    const isLocal =
      (typeof options === 'object' && options.path !== undefined) || typeof options === 'string' || loopback(host)
    if (!isLocal) {
      called.push(host)
      const error = new Error(`A test calls ${host}${isIP(host) ? '' : ' by name'}: tests stay on this machine.`)
      process.nextTick(() => this.destroy(error))
      return this
    }
    return Reflect.apply(connect, this, asked) as Socket
  } as typeof connect
}
