import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { OrgId } from '#core/requests/ids.ts';
import { withOrg } from '#server/db/database.ts';
import { lastSequence, listEventsAfter } from '#server/db/queries/events.ts';
import { appendEvents } from '#server/live/append-events.ts';
import { startLiveHub, type LiveHub } from '#server/live/hub.ts';
import type { Person } from '#server/policies/principal.ts';
import { signIn, socketWith } from '#server/realtime/testing/harness.ts';
import { callAs } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { serveRoutes } from '#server/testing/serve-routes.ts';
import { testApi } from '#server/testing/test-api.ts';
import { appRouter, type AppRouter } from '../router.ts';
import { transformer } from '../transformer.ts';

const api = testApi();
let server: Awaited<ReturnType<typeof serveRoutes>>;
let admin: postgres.Sql;
let name: string;
beforeAll(async () => {
  server = await serveRoutes(api.runtime);
  admin = postgres(api.database.urls.migration, { max: 1, onnotice: () => undefined });
  const [row] = await admin`select current_database() as name`;
  name = String(row?.['name']);
});
afterAll(async () => {
  await admin.end();
  await server.close();
});

const endConnections = () =>
  admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and pid <> pg_backend_pid()`;

/** The socket of a tab, without what the browser does to begin again: the server alone must keep the subscription. */
function openSocket(cookie: string) {
  const host = `127.0.0.1:${server.port}`;
  const socket = createWSClient({
    url: `ws://${host}/trpc`,
    WebSocket: socketWith({ cookie, origin: `http://${host}` }),
  });
  const client = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket, transformer })] });
  return { client, close: () => socket.close() };
}

interface Told {
  readonly sequences: number[];
  readonly errors: string[];
}

/** Each subscription: how it is begun, behind everything that has happened by now. */
const SUBSCRIPTIONS: Readonly<
  Record<string, (client: ReturnType<typeof openSocket>['client'], since: number, told: Told) => Promise<() => void>>
> = {
  'live.events': (client, since, { sequences, errors }) =>
    new Promise((resolve) => {
      const running = client.live.events.subscribe(
        { lastEventId: String(since) },
        {
          onStarted: () => resolve(() => running.unsubscribe()),
          onData: ({ id }) => void sequences.push(Number(id)),
          onError: (error) => void errors.push(error.message),
        },
      );
    }),
};

const typeOf = (procedure: unknown): unknown =>
  typeof procedure === 'function' && '_def' in procedure ? (procedure._def as { type?: unknown }).type : undefined;

async function openTeam(): Promise<{ orgId: OrgId; owner: Person; append: () => Promise<unknown> }> {
  const orgId = await createOrganisation(api.db);
  const owner = await createMember(api.db, orgId, 'owner');
  const append = () => withOrg(api.db, orgId, (tx) => appendEvents(tx, orgId, [{ kind: 'team.changed', payload: {} }]));
  return { orgId, owner, append };
}

/** A hub whose reads of events fail. */
const brokenHub = (transaction: () => Promise<never>): Promise<LiveHub> =>
  startLiveHub({
    ...api.database,
    db: { ...api.db, app: new Proxy(api.db.app, { get: () => transaction }) },
    log: api.runtime.log,
  });

describe('subscriptions', () => {
  it('are all tried here', () => {
    const paths = Object.entries<unknown>(appRouter._def.procedures)
      .filter(([, procedure]) => typeOf(procedure) === 'subscription')
      .map(([path]) => path);
    expect(Object.keys(SUBSCRIPTIONS)).toEqual(paths);
  });

  it.each(Object.entries(SUBSCRIPTIONS))(
    '%s goes on when connections end and the database is away: nothing is lost, nothing comes twice',
    { timeout: 60_000 },
    async (_, subscribe) => {
      const { orgId, owner, append } = await openTeam();
      const socket = openSocket(await signIn(api.db, owner));
      const since = await withOrg(api.db, orgId, (tx) => lastSequence(tx, orgId));
      const told: Told = { sequences: [], errors: [] };
      const end = await subscribe(socket.client, since, told);
      for (let round = 0; round < 8; round += 1) {
        // So that the subscription reads while connections end.
        const appending = Array.from({ length: 10 }, () => append().catch(() => null));
        await endConnections();
        await Promise.all(appending);
      }
      await admin.unsafe(`alter database "${name}" connection limit 0`);
      await endConnections();
      // The one who appends finds that nobody gets in.
      await expect(append()).rejects.toThrow();
      await admin.unsafe(`alter database "${name}" connection limit -1`);
      await vi.waitFor(append, { timeout: 20_000, interval: 100 });
      const stored = await withOrg(api.db, orgId, (tx) => listEventsAfter(tx, orgId, since, 1_000));
      await vi.waitFor(() => expect(told.sequences.length).toBeGreaterThanOrEqual(stored.length), {
        timeout: 20_000,
        interval: 50,
      });
      end();
      await socket.close();
      expect(told).toEqual({ sequences: stored.map(({ sequence }) => sequence), errors: [] });
    },
  );

  it('begins from now on although the first reads fail', async () => {
    const { owner, append } = await openTeam();
    let failures = 3;
    const app = new Proxy(api.db.app, {
      get: (target, name, receiver) =>
        name === 'transaction' && failures-- > 0
          ? () => Promise.reject(Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' }))
          : (Reflect.get(target, name, receiver) as unknown),
    });
    const live = await startLiveHub({ ...api.database, db: { ...api.db, app }, log: api.runtime.log });
    const events = (await callAs({ ...api.runtime, live }, owner).live.events())[Symbol.asyncIterator]();
    const first = events.next();
    await vi.waitFor(() => expect(failures).toBeLessThan(0), { timeout: 10_000 });
    // What is committed before the first read that succeeds has happened before.
    const appending = setInterval(() => void append(), 20);
    expect((await first).value?.[1]).toMatchObject({ kind: 'team.changed' });
    clearInterval(appending);
    await events.return?.();
    await live.close();
  });

  it.each([
    [
      'a failure that Postgres names, in words',
      { code: '22003' },
      { code: 'BAD_REQUEST', message: expect.stringContaining('can not be stored') as string },
    ],
    ['a bug, which is shaped as any other', {}, { message: 'boom' }],
  ])('end with %s', async (_, given, said) => {
    const { owner } = await openTeam();
    const live = await brokenHub(() => Promise.reject(Object.assign(new Error('boom'), given)));
    const events = await callAs({ ...api.runtime, live }, owner).live.events({ lastEventId: '0' });
    await expect(events[Symbol.asyncIterator]().next()).rejects.toMatchObject(said);
    await live.close();
  });

  it('leave nobody waiting behind when they end while the database is away', async () => {
    const { owner } = await openTeam();
    let ended = 0;
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    let asked = 0;
    const hub = await brokenHub(() => ((asked += 1), Promise.reject(away)));
    const live: LiveHub = {
      ...hub,
      unfollow: (follower) => {
        ended += 1;
        hub.unfollow(follower);
      },
    };
    const following = await serveRoutes({ ...api.runtime, live });
    const host = `127.0.0.1:${following.port}`;
    const cookie = await signIn(api.db, owner);
    const socket = createWSClient({
      url: `ws://${host}/trpc`,
      WebSocket: socketWith({ cookie, origin: `http://${host}` }),
    });
    const client = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket, transformer })] });
    const running = client.live.events.subscribe({ lastEventId: '0' }, {});
    await vi.waitFor(() => expect(asked).toBeGreaterThan(1), { timeout: 10_000 });
    running.unsubscribe();
    await vi.waitFor(() => expect(ended).toBe(1), { timeout: 10_000 });
    await socket.close();
    await following.close();
    await live.close();
  });
});
