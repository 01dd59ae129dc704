import { isIPv4 } from 'node:net';

/**
 * Whether a name or address means this machine alone. `0.0.0.0` and `::` do not: a server that listens there is reached
 * by others.
 */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || (isIPv4(name) && name.startsWith('127.'))
  );
}
