import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { withOrg, type Database } from '#server/db/database.ts';
import { lastSequence } from '#server/db/queries/events.ts';
import { appendEvents } from '#server/live/append-events.ts';
import { signIn, socketWith } from '#server/realtime/testing/harness.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { serveRoutes } from '#server/testing/serve-routes.ts';
import { testApi } from '#server/testing/test-api.ts';
import type { AppRouter } from '../router.ts';
import { transformer } from '../transformer.ts';

const TABS = 200;

const api = testApi();
let server: Awaited<ReturnType<typeof serveRoutes>>;
beforeAll(async () => {
  server = await serveRoutes(api.runtime);
});
afterAll(() => server.close());

/** Counts the transactions of a database from now on. */
function countTransactions(db: Database): () => number {
  let count = 0;
  for (const connections of [db.app, db.system]) {
    const transaction = connections.transaction.bind(connections);
    connections.transaction = (...given) => {
      count += 1;
      return transaction(...given);
    };
  }
  return () => count;
}

it('two hundred tabs of an organisation hear of an event by one read of the events and one look at their sessions', async () => {
  const orgId = await createOrganisation(api.db);
  const host = `127.0.0.1:${server.port}`;
  const since = await withOrg(api.db, orgId, (tx) => lastSequence(tx, orgId));
  const told: number[][] = [];
  const sockets = await Promise.all(
    Array.from({ length: TABS }, async (_, tab) => {
      const cookie = await signIn(api.db, await createMember(api.db, orgId, 'viewer'));
      const socket = createWSClient({
        url: `ws://${host}/trpc`,
        WebSocket: socketWith({ cookie, origin: `http://${host}` }),
      });
      const heard: number[] = (told[tab] = []);
      createTRPCClient<AppRouter>({ links: [wsLink({ client: socket, transformer })] }).live.events.subscribe(
        { lastEventId: String(since) },
        { onData: ({ id }) => void heard.push(Number(id)) },
      );
      return socket;
    }),
  );
  const append = () => withOrg(api.db, orgId, (tx) => appendEvents(tx, orgId, [{ kind: 'team.changed', payload: {} }]));
  const allHave = (sequences: readonly number[]) =>
    vi.waitFor(() => expect(told).toEqual(Array.from({ length: TABS }, () => sequences)), { timeout: 30_000 });
  await append();
  await allHave([1]);
  const counted = countTransactions(api.db);
  await append();
  await allHave([1, 2]);
  // One is of the event itself.
  expect(counted() - 1).toBeLessThanOrEqual(2);
  await Promise.all(sockets.map((socket) => socket.close()));
});
