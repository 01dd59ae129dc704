import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isLoopback } from '#server/network/loopback.ts';

export interface HostRule {
  /** The address people use. */
  readonly origin?: string;
  /** The address the server listens on. */
  readonly host: string;
}

/**
 * Whether a request names us. Another site can make its own name point to this machine (DNS rebinding), and a browser
 * then takes our pages for that site's; only the `Host` header tells. With ORIGIN the name is ORIGIN's; without it a
 * loopback name, or the very address that the server listens on, which is no name and can't be pointed elsewhere.
 */
export function isHostAllowed(header: string | undefined, { origin, host }: HostRule): boolean {
  const named = header === undefined ? null : parse(`http://${header}`);
  if (named === null) return false;
  if (origin !== undefined && named.host === new URL(origin.replace(/^https:/, 'http:')).host) return true;
  if (origin !== undefined && !isLoopback(new URL(origin).hostname)) return false;
  return isLoopback(named.hostname) || (!isLoopback(host) && isIP(named.hostname.replace(/^\[(.*)\]$/, '$1')) !== 0);
}

function parse(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  // A host and perhaps a port; whatever else parses is no `Host` header of a browser.
  return url &&
    url.pathname === '/' &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === ''
    ? url
    : null;
}

/** What the parts of a load balancer ask by address, which tell nothing of anybody. */
const ANY_HOST = new Set(['/healthz', '/metrics']);

/** A request for `http://another.site/` names that site in its first line, whatever its `Host` is, and the pages would redirect to it: only paths are for us. */
export function isForUs({ url = '', headers }: Pick<IncomingMessage, 'url' | 'headers'>, rule: HostRule): boolean {
  return url.startsWith('/') && (ANY_HOST.has(url) || isHostAllowed(headers.host, rule));
}

/** In words, for whoever runs the server. */
export const WRONG_HOST =
  'This server does not answer to that name. If people should reach it there, start it with ORIGIN=https://<that name>.\n';
