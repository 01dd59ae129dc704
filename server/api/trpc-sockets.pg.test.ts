import { once } from 'node:events';
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { writeInput } from '#core/requests/input-form.ts';
import { createTestRuntime, openBrowser } from '#server/testing/api.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { answerTrpc } from './answer-trpc.ts';
import type { AppRouter } from './router.ts';
import { serveSockets } from './testing/serve-sockets.ts';
import { transformer } from './transformer.ts';

let database: TestDatabase;
let runtime: Awaited<ReturnType<typeof createTestRuntime>>;
let served: Awaited<ReturnType<typeof serveSockets>>;
let host: string;

beforeAll(async () => {
  database = await createTestDatabase();
  runtime = await createTestRuntime(database);
  served = await serveSockets(runtime);
  ({ host } = served);
});
afterAll(async () => {
  await served.close();
  await runtime.close();
  await database.close();
});

const account = { name: 'Ida', email: 'ida@test.example', password: 'correct horse battery', organisation: 'Sockets' };

function connect(cookie: string | undefined) {
  class WithCookie extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { headers: { ...(cookie ? { cookie } : {}), origin: `http://${host}` } });
    }
  }
  const socket = createWSClient({
    url: `ws://${host}/trpc`,
    WebSocket: WithCookie as unknown as typeof globalThis.WebSocket,
  });
  return {
    socket,
    client: createTRPCClient<AppRouter>({ links: [wsLink({ client: socket, transformer })] }),
  };
}

/** One HTTP call as the route makes it. */
async function post(path: string, body: string, headers: Record<string, string> = {}) {
  const request = new Request(`http://localhost/api/trpc/${path}`, {
    method: 'POST',
    body,
    headers: { host: 'localhost', 'content-type': 'application/json', ...headers },
  });
  const response = await answerTrpc(runtime, request);
  return { status: response.status, cookie: response.headers.get('set-cookie'), text: await response.text() };
}

describe('tRPC over a websocket', () => {
  it('knows the person of the cookie, and notices when their session ends', async () => {
    const browser = openBrowser(runtime);
    await browser.call().session.register(account);
    const { socket, client } = connect(browser.cookie());
    expect(await client.session.me.query()).toMatchObject({ user: { name: 'Ida' } });
    await browser.call().session.signOut();
    expect(await client.session.me.query()).toBeNull();
    await expect(client.team.get.query()).rejects.toMatchObject({ data: { appCode: 'UNAUTHENTICATED' } });
    await socket.close();
  });

  it('refuses another site before the upgrade', async () => {
    const socket = new WebSocket(`ws://${host}/trpc`, { headers: { origin: 'https://evil.example' } });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toMatch(/403/);
  });
});

describe('tRPC over HTTP', () => {
  it('sets the cookie at sign-in', async () => {
    const { status, cookie } = await post(
      'session.signIn',
      JSON.stringify(writeInput({ email: account.email, password: account.password })),
    );
    expect(status).toBe(200);
    expect(cookie).toMatch(/^alphaloom_session=[\w-]{43}; HttpOnly/);
  });

  it('says what is wrong with an input, and nothing else', async () => {
    const { status, text } = await post(
      'session.register',
      JSON.stringify(writeInput({ ...account, email: 'not an address' })),
    );
    expect(status).toBe(400);
    expect(text).toMatch(/not an e-mail address/);
    expect(text).not.toMatch(/stack|\.ts:/);
  });

  it.each([
    ['session.signIn', '{ this is not JSON'],
    ['session.signIn', '[]'],
    ['no.such', '{}'],
  ])('answers nonsense to %s without a stack trace', async (path, body) => {
    const { status, text } = await post(path, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(text).not.toMatch(/stack|\.ts:|node_modules/);
  });

  it('keeps the words of the database to itself when something breaks', async () => {
    const transaction = () => Promise.reject(new Error('relation "secret_table" does not exist'));
    const broken = {
      ...runtime,
      db: { ...database.db, system: Object.assign(Object.create(database.db.system), { transaction }) },
    };
    const request = new Request('http://localhost/api/trpc/session.signIn', {
      method: 'POST',
      body: JSON.stringify(writeInput({ email: 'a@test.example', password: 'x' })),
      headers: { 'content-type': 'application/json' },
    });
    const response = await answerTrpc(broken, request);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).toMatch(/Something went wrong on our side \(id [0-9a-f]{8}\)/);
    expect(text).not.toMatch(/secret_table/);
  });
});
