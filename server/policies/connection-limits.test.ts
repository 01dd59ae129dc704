import { expect, it } from 'vitest';
import { CONNECTION_TIMES, keptConnections } from './connection-limits.ts';

/** Milliseconds for which proxies keep a connection to a server by default: nginx, Amazon's load balancers, Caddy. */
const PROXIES = [60_000, 60_000, 120_000];

it('keeps connections of a proxy for longer than the proxy does, and those of others shortly', () => {
  expect(Math.max(...PROXIES)).toBeLessThan(keptConnections(undefined, true).keepAlive);
  expect(keptConnections(undefined, false).keepAlive).toBe(CONNECTION_TIMES.keepAlive);
  expect(keptConnections(300, false).keepAlive).toBe(300_000);
});

it.each([1, 5, 29, 125, 3600])('ends no connection as quiet that may be kept for %d seconds', (seconds) => {
  expect(keptConnections(seconds, true).quiet).toBeGreaterThan(seconds * 1000 + CONNECTION_TIMES.look);
});
