import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { ipv4In, MAPPED } from './ipv4-in-ipv6.ts';

/** What `readProxies` can't read. */
export class ProxyListError extends Error {}

/**
 * The proxies whose `X-Forwarded-For` is believed, from addresses and ranges such as `10.0.0.0/8` or `fd00::/8`. Throws
 * `ProxyListError` in words for anything else.
 */
export function readProxies(entries: readonly string[]): BlockList {
  const proxies = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix, ...more] = entry.split('/');
    const family = isIP(address);
    const bits = prefix === undefined ? null : /^\d{1,3}$/.test(prefix) ? Number(prefix) : NaN;
    if (family === 0 || more.length > 0 || (bits !== null && !(bits >= 0 && bits <= (family === 4 ? 32 : 128)))) {
      throw new ProxyListError(`“${entry}” is no address and no range such as 10.0.0.0/8`);
    }
    if (bits === null) proxies.addAddress(address, family === 4 ? 'ipv4' : 'ipv6');
    else proxies.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  }
  return proxies;
}

/**
 * The address of the client: the socket's own, or, where a trusted proxy forwards the request, the last address of
 * `X-Forwarded-For` that is not itself a trusted proxy's. Everything left of that address is the client's word and is
 * not read. `Forwarded` and `X-Real-IP` are believed from nobody: a proxy that writes one header passes the client's
 * other headers on.
 */
export function addressOf(
  peer: string | undefined,
  forwardedFor: string | undefined,
  proxies: BlockList,
): string | null {
  let address = normalise(peer ?? '');
  if (address === null) return null;
  const hops = forwardedFor?.split(',') ?? [];
  while (isTrusted(address, proxies)) {
    const hop = hops.pop();
    const before = hop === undefined ? null : normalise(hop);
    if (before === null) break;
    address = before;
  }
  return address;
}

const isTrusted = (address: string, proxies: BlockList): boolean =>
  proxies.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');

/** The address of a socket, in one spelling, and whether a trusted proxy is there. */
export function peerOf(peer: string | undefined, proxies: BlockList): { address: string; isProxy: boolean } {
  const address = normalise(peer ?? '');
  return { address: address ?? '', isProxy: address !== null && isTrusted(address, proxies) };
}

/**
 * One spelling an address: no port, no brackets, no zone, IPv4 as IPv4 also where it comes over IPv6. Null for what is
 * no address.
 */
function normalise(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/%.*$/, '');
  if (isIPv4(bare)) return bare;
  if (isIP(bare) !== 6) return null;
  const address = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  return ipv4In(address, MAPPED) ?? address;
}

const settled = new WeakMap<IncomingMessage, string | null>();

/**
 * The header that carries the answer to Next's route handlers, which see no socket. `fixClientAddress` overwrites what
 * a client sends in it.
 */
const HEADER = 'x-forwarded-for';
/** What else a client could say about itself, and a library believe. */
const CLAIMS = [
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-forwarded-server',
  'x-forwarded-ssl',
];

/**
 * Called once for each request and upgrade, before anything else reads the request: decides whose the request is and
 * removes all other claims.
 */
export function fixClientAddress(request: IncomingMessage, proxies: BlockList): void {
  const { headers, socket } = request;
  const claimed = headers[HEADER];
  const address = addressOf(socket.remoteAddress, Array.isArray(claimed) ? claimed.join(',') : claimed, proxies);
  settled.set(request, address);
  for (const claim of CLAIMS) Reflect.deleteProperty(headers, claim);
  if (address === null) Reflect.deleteProperty(headers, HEADER);
  else headers[HEADER] = address;
}

/**
 * The client's address as `TRUSTED_PROXIES` lets us know it: for limits, sessions and the audit. One spelling for each
 * address. Null only where there is no socket (tests, Unix sockets).
 */
export function clientAddress(request: IncomingMessage | Request): string | null {
  if (request instanceof Request) return normalise(request.headers.get(HEADER) ?? '');
  const known = settled.get(request);
  return known === undefined ? normalise(request.socket.remoteAddress ?? '') : known;
}
