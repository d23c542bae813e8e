import { BlockList, isIP } from 'node:net'

/** Which peers' `X-Forwarded-*` headers are believed: addresses or networks (`10.0.0.0/8`, `::1`), split by commas. */
export function believed(list: string): BlockList {
  const proxies = new BlockList()
  for (const entry of list
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const [address = '', length] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (length === undefined) proxies.addAddress(address, family)
    else proxies.addSubnet(address, Number(length), family)
  }
  return proxies
}

const plain = (address: string): string => address.replace(/^::ffff:/, '')
const within = (proxies: BlockList, address: string): boolean =>
  isIP(address) > 0 && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** The client's address: the peer's, or, through believed proxies, the last address in `X-Forwarded-For` that is not itself one of them. */
export function clientAddress(peer: string, headers: Headers, proxies: BlockList): string {
  let address = plain(peer)
  const forwarded = headers.get('x-forwarded-for')
  if (!forwarded) return address
  const hops = forwarded
    .split(',')
    .map((part) => plain(part.trim()))
    .filter(Boolean)
  while (within(proxies, address) && hops.length > 0) address = hops.pop()!
  return address
}
