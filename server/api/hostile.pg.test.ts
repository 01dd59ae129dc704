import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { idOf, type OrgId } from '#core/requests/ids.ts';
import { writeInput } from '#core/requests/input-form.ts';
import { withOrg } from '#server/db/database.ts';
import { lastSequence } from '#server/db/queries/events.ts';
import { appendEvents } from '#server/live/append-events.ts';
import { LIMITS, SOCKETS } from '#server/policies/limits.ts';
import { createTestRuntime, openBrowser } from '#server/testing/api.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { answerTrpc } from './answer-trpc.ts';
import { handleStripeWebhook } from './stripe-webhook.ts';
import { serveSockets } from './testing/serve-sockets.ts';

let database: TestDatabase;
let runtime: Awaited<ReturnType<typeof createTestRuntime>>;
let served: Awaited<ReturnType<typeof serveSockets>>;
let host: string;
/** Transactions begun by anybody. */
let transactions = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  for (const connections of [database.db.app, database.db.system]) {
    const begin = connections.transaction.bind(connections);
    Object.defineProperty(connections, 'transaction', {
      value: (...given: Parameters<typeof begin>) => {
        transactions += 1;
        return begin(...given);
      },
    });
  }
  runtime = await createTestRuntime(database);
  served = await serveSockets(runtime);
  ({ host } = served);
});
afterAll(async () => {
  await served.close();
  await runtime.close();
  await database.close();
});

async function signedIn(name: string): Promise<{ cookie: string; orgId: OrgId }> {
  const browser = openBrowser(runtime);
  await browser
    .call()
    .session.register({ name, email: `${name}@test.example`, password: 'correct horse battery', organisation: name });
  const me = await browser.call().session.me();
  return { cookie: browser.cookie() ?? '', orgId: me?.org.id ?? idOf('organisation', '') };
}

/** An open socket, or the status with which the upgrade was refused. */
async function connect(cookie?: string): Promise<WebSocket | string> {
  const socket = new WebSocket(`ws://${host}/trpc`, {
    headers: { origin: `http://${host}`, ...(cookie ? { cookie } : {}) },
  });
  return once(socket, 'open').then(
    () => socket,
    (error: unknown) => String(error),
  );
}

async function opened(cookie?: string): Promise<WebSocket> {
  const socket = await connect(cookie);
  if (typeof socket === 'string') throw new Error(socket);
  return socket;
}

/** Messages until `count` are there that are wanted. */
function collect(
  socket: WebSocket,
  count: number,
  isWanted: (message: Record<string, unknown>) => boolean,
): Promise<Record<string, unknown>[]> {
  const seen: Record<string, unknown>[] = [];
  return new Promise((resolve) => {
    const take = (data: Buffer): void => {
      const message = JSON.parse(data.toString()) as Record<string, unknown>;
      if (isWanted(message)) seen.push(message);
      if (seen.length < count) return;
      socket.off('message', take);
      resolve(seen);
    };
    socket.on('message', take);
  });
}

/** To what happens behind the event `since`, or from some moment on behind `started`. */
const subscribe = (id: number, since?: number): string =>
  JSON.stringify({
    id,
    jsonrpc: '2.0',
    method: 'subscription',
    params: {
      path: 'live.events',
      input: writeInput(since === undefined ? undefined : { lastEventId: String(since) }),
    },
  });

/** A body that never ends; `taken` counts its bytes. */
function endless(): { body: ReadableStream<Uint8Array>; taken: () => number; isEnded: () => boolean } {
  let [bytes, ended] = [0, false];
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        bytes += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
      },
      cancel: () => {
        ended = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, taken: () => bytes, isEnded: () => ended };
}

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}): Request =>
  new Request(`http://localhost${path}`, {
    method: 'POST',
    headers: { host: 'localhost', 'content-type': 'application/json', ...headers },
    body,
    duplex: 'half',
  } as RequestInit);

describe('a request over HTTP', () => {
  it.each([',', '%2C', '%2c'])(
    'with too many calls, joined by %s, is refused in words before any is made',
    async (comma) => {
      const paths = Array.from({ length: 1_100 }, () => 'session.demo').join(comma);
      const before = transactions;
      const response = await answerTrpc(
        runtime,
        new Request(`http://localhost/api/trpc/${paths}?batch=1&input=%7B%7D`),
      );
      const answer = (await response.json()) as { error: { json: { message: string } } };
      expect({ status: response.status, message: answer.error.json.message }).toEqual({
        status: 413,
        message: 'A request has at most 32 calls. Send the rest in another.',
      });
      expect(transactions).toBe(before);
    },
  );

  it('pays for each of its calls', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.77' };
    const [window] = LIMITS.open.windows.address ?? [];
    const paths = Array.from({ length: 32 }, () => 'session.demo').join(',');
    const inputs = encodeURIComponent('{}');
    let last: Response | undefined;
    for (let calls = 0; calls <= (window?.points ?? 0); calls += 32)
      last = await answerTrpc(
        runtime,
        new Request(`http://localhost/api/trpc/${paths}?batch=1&input=${inputs}`, { headers }),
      );
    expect(last?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await last?.text()).toMatch(/Too many requests came from your network\. Wait \d+ seconds and try again\./);
    const other = await answerTrpc(
      runtime,
      new Request('http://localhost/api/trpc/session.demo', { headers: { 'x-forwarded-for': '192.0.2.78' } }),
    );
    expect(other.status).toBe(200);
  });

  it('of a stranger is read to 64 KB and no further, however it comes', async () => {
    const { body, taken, isEnded } = endless();
    const response = await answerTrpc(runtime, post('/api/trpc/session.signIn', body));
    expect({ status: response.status, text: await response.text() }).toMatchObject({
      status: 413,
      text: expect.stringMatching(/Sign in first/),
    });
    expect(taken()).toBeLessThan(300_000);
    // Once the refusal has had its time to be read.
    await vi.waitFor(() => expect(isEnded()).toBe(true), { timeout: 5_000 });
  });

  it('of somebody who is signed in is read to 5 MB and no further', async () => {
    const { cookie } = await signedIn('bodies');
    const { body, taken } = endless();
    const response = await answerTrpc(runtime, post('/api/trpc/formula.create', body, { cookie }));
    expect(response.status).toBe(413);
    expect(taken()).toBeLessThan(5_300_000);
    const large = JSON.stringify(
      writeInput({ name: 'Large', code: `# ${'x'.repeat(100_000)}\nbuy when close > open` }),
    );
    expect((await answerTrpc(runtime, post('/api/trpc/formula.create', large, { cookie }))).status).not.toBe(413);
  });

  it('to the webhook is read to 1 MB and no further', async () => {
    const { body, taken } = endless();
    const stripe = { secretKey: 'sk_x', webhookSecret: 'whsec_x', prices: [] };
    const asked = post('/api/stripe/webhook', body, { 'stripe-signature': 't=1,v1=x' });
    const answer = await handleStripeWebhook({ ...runtime, config: { ...runtime.config, stripe } }, asked);
    expect(answer.status).toBe(413);
    expect(taken()).toBeLessThan(1_300_000);
  });
});

describe('a websocket', () => {
  it('with too many calls in a message is closed in words before any is made', async () => {
    const socket = await opened();
    const before = transactions;
    socket.send(
      JSON.stringify(
        Array.from({ length: 500 }, (_, id) => ({ id, method: 'query', params: { path: 'session.demo' } })),
      ),
    );
    const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
    expect({ code, reason: reason.toString() }).toEqual({ code: 1008, reason: 'A message has at most 16 calls.' });
    expect(transactions).toBe(before);
  });

  it('with a message that is too large is closed', async () => {
    const socket = await opened();
    socket.send(' '.repeat(SOCKETS.message + 1));
    expect((await once(socket, 'close'))[0]).toBe(1009);
  });

  it('has few subscriptions, and says so', async () => {
    const { cookie } = await signedIn('subscriber');
    const socket = await opened(cookie);
    const refused = collect(socket, 4, (message) => 'error' in message);
    for (let id = 0; id < SOCKETS.subscriptions + 4; id += 1) socket.send(subscribe(id));
    expect(JSON.stringify(await refused)).toMatch(/A connection has at most 8 subscriptions/);
    socket.close();
  });

  it('is looked up and read for once an event, whatever the number of its subscriptions', async () => {
    const { cookie, orgId } = await signedIn('listener');
    const tabs = await Promise.all(Array.from({ length: 4 }, () => opened(cookie)));
    const started = tabs.map((tab) =>
      collect(tab, SOCKETS.subscriptions, ({ result }) => JSON.stringify(result)?.includes('started') ?? false),
    );
    const since = await withOrg(database.db, orgId, (tx) => lastSequence(tx, orgId));
    for (const tab of tabs) for (let id = 0; id < SOCKETS.subscriptions; id += 1) tab.send(subscribe(id, since));
    await Promise.all(started);
    const append = (): Promise<unknown> =>
      withOrg(database.db, orgId, (tx) => appendEvents(tx, orgId, [{ kind: 'team.changed', payload: {} }]));
    const heard = (): Promise<unknown> =>
      Promise.all(
        tabs.map((tab) =>
          collect(
            tab,
            SOCKETS.subscriptions,
            ({ result }) => JSON.stringify(result)?.includes('team.changed') ?? false,
          ),
        ),
      );
    // The first event finds all of them waiting, or still reading; the second all waiting.
    const first = heard();
    await append();
    await first;
    const before = transactions;
    const second = heard();
    await append();
    await second;
    // The event itself, then looks and reads that are shared; how many fall together is a matter of time. Each of the
    // 32 alone would look and read twice.
    expect(transactions - before).toBeLessThan(tabs.length * SOCKETS.subscriptions);
    for (const tab of tabs) tab.close();
  });

  it('of a stranger is one of few', async () => {
    const answers: (WebSocket | string)[] = [];
    for (let index = 0; index < SOCKETS.strangersPerAddress + 4; index += 1) answers.push(await connect());
    expect(answers.filter((answer) => typeof answer === 'string')).not.toEqual([]);
    expect(String(answers.find((answer) => typeof answer === 'string'))).toMatch(/503/);
    // Whoever is signed in still gets in.
    const { cookie } = await signedIn('honest');
    (await opened(cookie)).close();
    for (const answer of answers) if (typeof answer !== 'string') answer.terminate();
  });
});
