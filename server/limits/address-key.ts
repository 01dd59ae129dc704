import { isIPv6 } from 'node:net';
import { ipv4In, MAPPED, NAT64 } from '#server/network/ipv4-in-ipv6.ts';

/**
 * The part of an address that one client can't change at will: whoever has IPv6 has 2^64 addresses, which count as one.
 */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address;
  const spelled = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  // Whoever comes by IPv4 has one address, whatever it is wrapped in.
  const within = ipv4In(spelled, MAPPED) ?? ipv4In(spelled, NAT64);
  if (within !== null) return within;
  const [head = '', tail] = spelled.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined
      ? before
      : [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
