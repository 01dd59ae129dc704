/**
 * How IPv6 addresses begin that carry an IPv4 address, in the one spelling that `URL` gives: sockets that take both
 * kinds (RFC 4291) ...
 */
export const MAPPED = '::ffff:';
/** ... and networks that have IPv6 alone, whose gateway asks for IPv4 (NAT64, RFC 6052). */
export const NAT64 = '64:ff9b::';

/** The IPv4 address in an IPv6 address that begins so; null when it does not, or has more behind it. */
export function ipv4In(address: string, prefix: typeof MAPPED | typeof NAT64): string | null {
  if (!address.startsWith(prefix)) return null;
  const groups = address.slice(prefix.length).split(':');
  if (groups.length > 2 || groups.some((group) => !/^[0-9a-f]{1,4}$/.test(group))) return null;
  const [low = 0, high = 0] = groups.map((group) => Number.parseInt(group, 16)).reverse();
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
