import { connect, type Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { OrgId } from '#core/requests/ids.ts';
import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { asSystem } from '#server/db/database.ts';
import { createRateLimits, type RateLimits } from '#server/limits/rate-limits.ts';
import { UNTAKEN } from '#server/policies/limits.ts';
import { signIn } from '#server/realtime/testing/harness.ts';
import { fillOrganisation } from '#server/testing/organisation.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { serveRoutes } from '#server/testing/serve-routes.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
const TRADES = 60_000;
let limits: RateLimits;
let server: Awaited<ReturnType<typeof serveRoutes>>;
let orgId: OrgId;
let viewer = '';
let [cookie, path] = ['', ''];
beforeAll(async () => {
  limits = createRateLimits({ sql: api.database.sql, log: pino({ level: 'silent' }) });
  server = await serveRoutes({ ...api.runtime, limits });
  orgId = await createOrganisation(api.db);
  const { backtestId } = await fillOrganisation(api.db, orgId);
  const actor = await createMember(api.db, orgId, 'viewer');
  viewer = actor.userId;
  cookie = await signIn(api.db, actor);
  path = `/api/backtests/${backtestId}/`;
  const trade = { side: 'long', entryTime: 1.7e12, exitTime: 1.7e12, entryPrice: 1.25, exitPrice: 1.5, net: 0.5 };
  const trades = JSON.stringify(Array.from({ length: TRADES }, (_, index) => ({ ...trade, units: index })));
  await asSystem(api.db, async (tx) => {
    await tx.execute(sql`update backtests set status = 'succeeded' where id = ${backtestId}`);
    await tx.execute(sql`delete from backtest_results where backtest_id = ${backtestId}`);
    await tx.execute(sql`insert into backtest_results (org_id, backtest_id, trades, rejected, signals, equity, drawdown, benchmark)
      values (${orgId}, ${backtestId}, ${trades}::text::jsonb, '[]', '[]', ${new Uint8Array(16)}, ${new Uint8Array(16)}, ${new Uint8Array(16)})`);
  });
});
afterAll(() => server.close());

/** Asks for an export without reading on behind its head. */
function ask(what: string): { socket: Socket; status(): string } {
  const socket = connect(server.port, '127.0.0.1');
  let head = '';
  socket.on('error', () => undefined);
  socket.once('readable', () => (head = String(socket.read(12))));
  socket.write(`GET ${path}${what} HTTP/1.1\r\nHost: localhost:${server.port}\r\nCookie: ${cookie}\r\n\r\n`);
  return { socket, status: () => head.slice(-3) };
}
const isGivenBack = (): void => {
  expect(limits.untaken.count(viewer)).toEqual({ large: 0, bytes: 0 });
  expect(limits.untaken.count(orgId)).toEqual({ large: 0, bytes: 0 });
};

it('an export has all of the result, and counts until it is taken', async () => {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}result.json`, { headers: { cookie } });
  const { trades } = (await answer.json()) as { trades: { units: number }[] };
  expect(trades.map(({ units }) => units)).toEqual(Array.from({ length: TRADES }, (_, index) => index));
  await vi.waitFor(isGivenBack);
});

it('exports that nobody takes are few, are refused in words beyond, and given back when the asker leaves', async () => {
  const asked = Array.from({ length: 24 }, () => ask('result.json'));
  await vi.waitFor(() => expect(asked.every(({ status }) => status() !== '')).toBe(true), { timeout: 20_000 });
  expect(asked.filter(({ status }) => status() === '200').length).toBe(UNTAKEN.person.heavy);
  expect(asked.filter(({ status }) => status() === '429').length).toBe(24 - UNTAKEN.person.heavy);
  expect(limits.untaken.count(orgId).large).toBe(UNTAKEN.person.heavy);
  // What is in memory is not the result, of which each export reads the next part alone.
  expect(limits.untaken.count(viewer).bytes).toBeLessThan(UNTAKEN.person.heavy * 2 * UNTAKEN.large);
  for (const { socket } of asked) socket.destroy();
  await vi.waitFor(isGivenBack, { timeout: 10_000 });
});

it('exports that are begun and left, again and again, leave nothing behind', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { socket, status } = ask(round % 2 === 0 ? 'trades.csv' : 'result.json');
    if (round % 4 < 2) await vi.waitFor(() => expect(status()).not.toBe(''), { timeout: 10_000 });
    socket.destroy();
  }
  await vi.waitFor(isGivenBack, { timeout: 10_000 });
  expect((await fetch(`http://127.0.0.1:${server.port}${path}trades.csv`, { headers: { cookie } })).status).toBe(200);
});

it.each(['their membership', 'the session'])('an export ends with %s of who takes it', async (what) => {
  const taker = await createMember(api.db, orgId, 'viewer');
  const theirs = await signIn(api.db, taker);
  const before = api.runtime.live.accessChanges();
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}result.json`, { headers: { cookie: theirs } });
  await asSystem(api.db, async (tx) => {
    if (what === 'the session') await tx.execute(sql`delete from sessions where user_id = ${taker.userId}`);
    else await tx.execute(sql`delete from memberships where user_id = ${taker.userId}`);
    await notifyAccessChanged(tx, taker.userId);
  });
  await vi.waitFor(() => expect(api.runtime.live.accessChanges()).toBeGreaterThan(before), { timeout: 10_000 });
  await expect(answer.text()).rejects.toThrow();
  await vi.waitFor(() => expect(limits.untaken.count(taker.userId)).toEqual({ large: 0, bytes: 0 }));
});
