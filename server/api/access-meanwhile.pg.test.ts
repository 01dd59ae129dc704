import { connect, type Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { hashToken } from '#server/auth/token.ts';
import { asSystem } from '#server/db/database.ts';
import { createRateLimits, type RateLimits } from '#server/limits/rate-limits.ts';
import { LIMITS } from '#server/policies/limits.ts';
import { signIn } from '#server/realtime/testing/harness.ts';
import { callAs } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { serveRoutes } from '#server/testing/serve-routes.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
let limits: RateLimits;
let server: Awaited<ReturnType<typeof serveRoutes>>;
/** What asked for its turn since the test began. */
const asked: string[] = [];
beforeAll(async () => {
  const made = createRateLimits({ sql: api.database.sql, log: pino({ level: 'silent' }) });
  limits = {
    ...made,
    inTurn: (name, charged, work) => {
      asked.push(name);
      return made.inTurn(name, charged, work);
    },
  };
  server = await serveRoutes({ ...api.runtime, limits });
});
afterAll(() => server.close());

interface Begun {
  readonly socket: Socket;
  /** Its status, once the answer has come. */
  answered(): Promise<string>;
}

const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
function begin(path: string, cookie: string, firstPiece: string): Begun {
  const socket = connect(server.port, '127.0.0.1');
  let answer = '';
  socket.on('error', () => undefined);
  socket.on('data', (data) => (answer += data.toString()));
  const host = `localhost:${server.port}`;
  const type = path.startsWith('/api/trpc') ? 'application/json' : 'text/csv';
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\nContent-Type: ${type}\r\nCookie: ${cookie}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk(firstPiece)}`,
  );
  return {
    socket,
    answered: async () => {
      await vi.waitFor(() => expect(answer).toMatch(/^HTTP/), { timeout: 10_000 });
      socket.destroy();
      return answer.slice(9, 12);
    },
  };
}

const people = async () => {
  const orgId = await createOrganisation(api.db);
  const owner = await createMember(api.db, orgId, 'owner');
  const editor = await createMember(api.db, orgId, 'editor');
  return { orgId, owner, editor, cookie: await signIn(api.db, editor), call: callAs(api.runtime, owner) };
};
type People = Awaited<ReturnType<typeof people>>;

const HOW: readonly (readonly [string, (p: People) => Promise<unknown>])[] = [
  ['is removed', ({ call, editor }) => call.team.removeMember({ userId: editor.userId })],
  ['becomes a viewer', ({ call, editor }) => call.team.changeRole({ userId: editor.userId, role: 'viewer' })],
  [
    'is signed out',
    ({ editor }) =>
      asSystem(api.db, async (tx) => {
        await tx.execute(sql`delete from sessions where user_id = ${editor.userId}`);
        await notifyAccessChanged(tx, editor.userId);
      }),
  ],
];

/** Resolves when the server has heard of it. */
async function endAccess(end: (p: People) => Promise<unknown>, p: People): Promise<void> {
  const before = api.runtime.live.accessChanges();
  await end(p);
  await vi.waitFor(() => expect(api.runtime.live.accessChanges()).toBeGreaterThan(before), { timeout: 10_000 });
}
const comes = (kind: 'whole' | 'file', p: People): Promise<void> =>
  vi.waitFor(() => expect(arriving).toContainEqual([kind, p.editor.userId]), { timeout: 10_000 });
const arriving: [string, string | null | undefined][] = [];
beforeAll(() => {
  for (const kind of ['whole', 'file'] as const) {
    const bodies = limits.bodies[kind];
    const enter = bodies.enter.bind(bodies);
    vi.spyOn(bodies, 'enter').mockImplementation((payer) => {
      arriving.push([kind, payer.person]);
      return enter(payer);
    });
  }
});
const named = async (table: 'formulas' | 'markets', { orgId }: People): Promise<number> => {
  const [row] = await asSystem(api.db, (tx) =>
    tx.execute<{ n: string }>(sql`select count(*) as n from ${sql.identifier(table)} where org_id = ${orgId}`),
  );
  return Number(row?.n);
};

const BARS = 'date,open,high,low,close,volume\n2020-01-01,1,1,1,1,1\n2020-01-02,1,1,1,1,1\n';
const MORE = '2020-01-03,1,1,1,1,1\n2020-01-04,1,1,1,1,1\n';
const IMPORT = '/api/markets/import?symbol=LATE&name=Late';

describe.each(HOW)('when the sender %s meanwhile', (_how, end) => {
  it('a procedure whose body is still coming changes nothing', async () => {
    const p = await people();
    const { socket, answered } = begin('/api/trpc/formula.create', p.cookie, '{"json":{"name":');
    await comes('whole', p);
    await endAccess(end, p);
    socket.write(`${chunk('"Late"}}')}0\r\n\r\n`);
    expect([await answered(), await named('formulas', p)]).toEqual([expect.stringMatching(/40[13]/), 0]);
  });

  it('an import whose file is still coming adds no market', async () => {
    const p = await people();
    const { socket, answered } = begin(IMPORT, p.cookie, BARS);
    await comes('file', p);
    await endAccess(end, p);
    socket.write(`${chunk(MORE)}0\r\n\r\n`);
    expect([await answered(), await named('markets', p)]).toEqual([expect.stringMatching(/40[13]/), 0]);
  });

  it.each([
    ['import', IMPORT, BARS],
    ['heavyWrite', '/api/trpc/formula.create', '{"json":{"name":"Late"}}'],
  ] as const)('what waits for its turn to %s does nothing', async (limit, path, body) => {
    const p = await people();
    const gate = new AbortController();
    const opened = new Promise<void>((resolve) => gate.signal.addEventListener('abort', () => resolve()));
    // All turns of the person.
    const held = Array.from({ length: LIMITS[limit].atOnce?.person ?? 0 }, () =>
      limits.inTurn(limit, { person: p.editor.userId }, () => opened),
    );
    asked.length = 0;
    const { socket, answered } = begin(path, p.cookie, body);
    socket.write('0\r\n\r\n');
    await vi.waitFor(() => expect(asked).toContain(limit), { timeout: 10_000 });
    await endAccess(end, p);
    gate.abort();
    await Promise.all(held);
    expect(await answered()).toMatch(/40[13]/);
    expect((await named('formulas', p)) + (await named('markets', p))).toBe(0);
  });
});

it('people who were removed are charged as strangers, whether or not they ask again', async () => {
  const p = await people();
  const session = hashToken(p.cookie.split('=')[1] ?? '');
  const stranger = { address: '192.0.2.7', session };
  await fetch(`http://127.0.0.1:${server.port}/api/trpc/formula.list`, { headers: { cookie: p.cookie } });
  expect(limits.payer('request', stranger)).toEqual({ person: p.editor.userId, organisation: p.orgId });
  await p.call.team.removeMember({ userId: p.editor.userId });
  await vi.waitFor(() => expect(limits.payer('request', stranger)).toEqual({ address: '192.0.2.7' }), {
    timeout: 10_000,
  });
});
