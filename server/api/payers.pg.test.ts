import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeInput } from '#core/requests/input-form.ts';
import { whoseSession } from '#server/auth/authenticate.ts';
import { sessionCookieName } from '#server/auth/cookie.ts';
import { hashToken } from '#server/auth/token.ts';
import type { Database } from '#server/db/database.ts';
import { guardRequest, guardUpgrade } from '#server/http/guard-request.ts';
import { strangerAt } from '#server/http/stranger-at.ts';
import { createRateLimits, type RateLimits } from '#server/limits/rate-limits.ts';
import { cut, type AnswerPayer } from '#server/limits/untaken.ts';
import { LIMITS, UNTAKEN, type LimitName } from '#server/policies/limits.ts';
import { openBrowser } from '#server/testing/api.ts';
import { testApi } from '#server/testing/test-api.ts';
import { answerTrpc } from './answer-trpc.ts';
import { handleBacktestExport } from './backtest/export.ts';
import { handleMarketImport } from './market/import.ts';
import { handleStripeWebhook } from './stripe-webhook.ts';

const OFFICE = '192.0.2.50';
const api = testApi();
/** Looks at whose session it is, since nothing else told. */
let looks = 0;
let limits: RateLimits;
beforeEach(() => {
  looks = 0;
  limits = createRateLimits({
    sql: api.database.sql,
    log: pino({ level: 'silent' }),
    whose: (session) => {
      looks += 1;
      return whoseSession(api.db, session);
    },
  });
});

const runtime = () => ({ ...api.runtime, limits });
const sessionIn = (cookie: string): string => hashToken(cookie.slice(cookie.indexOf('=') + 1));

async function signUp(name: string): Promise<string> {
  const browser = openBrowser(api.runtime, `198.51.100.${name.length}`);
  await browser.call().session.register({
    name,
    email: `${name}-${crypto.randomUUID()}@test.example`,
    password: 'correct horse battery',
    organisation: name,
  });
  return browser.cookie() ?? '';
}

/** Somebody behind the address asks until nothing is left of it. */
async function flood(...names: LimitName[]): Promise<void> {
  for (const name of names) {
    const points = LIMITS[name].windows.address?.[0]?.points ?? 0;
    await limits.chargeStranger(name, { address: OFFICE, session: null }, points).catch(() => undefined);
    await expect(limits.chargeStranger(name, { address: OFFICE, session: null })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
  }
}

const get = (path: string, cookie: string | null): Request =>
  new Request(`http://localhost${path}`, {
    headers: { host: 'localhost', 'x-forwarded-for': OFFICE, ...(cookie === null ? {} : { cookie }) },
  });

describe('a neighbour behind the same address who asks for too much', () => {
  it('does not use up what somebody has who is signed in, known already or not', async () => {
    const [known, fresh] = [await signUp('known'), await signUp('fresh')];
    expect((await answerTrpc(runtime(), get('/api/trpc/market.list', known))).status).toBe(200);
    await flood('request', 'call', 'open', 'socket', 'upload');
    for (const cookie of [known, fresh]) {
      for (const path of ['market.list', 'session.me', 'session.demo'])
        expect((await answerTrpc(runtime(), get(`/api/trpc/${path}`, cookie))).status).toBe(200);
      for (const name of ['request', 'socket', 'upload'] as const)
        await limits.chargeStranger(name, { address: OFFICE, session: sessionIn(cookie) });
    }
    // Of the one who was not known, once.
    expect(looks).toBe(1);
    expect((await answerTrpc(runtime(), get('/api/trpc/session.me', null))).status).toBe(429);
  });

  it('can’t pay with cookies that are made up, nor have the database look at many of them', async () => {
    await flood('request');
    const most = LIMITS.lookUp.windows.address?.[0]?.points ?? 0;
    let passed = 0;
    for (let index = 0; index < most + 50; index += 1)
      await limits.chargeStranger('request', { address: OFFICE, session: hashToken(String(index)) }).then(
        () => (passed += 1),
        () => undefined,
      );
    expect({ passed, looks }).toEqual({ passed: 0, looks: most });
  });

  it('pays as a person once signed in, and has no more for it behind another address', async () => {
    const mallory = await signUp('mallory');
    await answerTrpc(runtime(), get('/api/trpc/market.list', mallory));
    const points = LIMITS.request.windows.person?.[0]?.points ?? 0;
    const stranger = { address: OFFICE, session: sessionIn(mallory) };
    await expect(limits.chargeStranger('request', stranger, points + 1)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringMatching(/^You asked for too much/),
    });
    await expect(limits.chargeStranger('request', { ...stranger, address: '192.0.2.51' })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
    // The network has paid nothing.
    await limits.chargeStranger(
      'request',
      { address: OFFICE, session: null },
      LIMITS.request.windows.address?.[0]?.points ?? 0,
    );
  });

  it('costs who is refused no look-up each time', async () => {
    const cookie = await signUp('refused');
    await answerTrpc(runtime(), get('/api/trpc/market.list', cookie));
    const points = LIMITS.call.windows.person?.[0]?.points ?? 0;
    await limits
      .chargeStranger('call', { address: OFFICE, session: sessionIn(cookie) }, points - 1)
      .catch(() => undefined);
    await limits.chargeStranger('call', { address: OFFICE, session: sessionIn(cookie) }, points).catch(() => undefined);
    let transactions = 0;
    const count = (connections: Database['app']): Database['app'] => {
      const begin = connections.transaction.bind(connections);
      return Object.assign(Object.create(connections), {
        transaction: (...given: Parameters<typeof begin>) => ((transactions += 1), begin(...given)),
      });
    };
    const counted = { ...runtime(), db: { ...api.db, app: count(api.db.app), system: count(api.db.system) } };
    for (let index = 0; index < 20; index += 1)
      expect((await answerTrpc(counted, get('/api/trpc/market.list', cookie))).status).toBe(429);
    // The first is told to the audit.
    expect(transactions).toBeLessThanOrEqual(2);
  });

  it('is refused at the door, requests and upgrades, where somebody who is signed in gets in', async () => {
    const cookie = await signUp('door');
    const server = createServer(
      (request, response) =>
        void guardRequest(request, response, {
          limits,
          stranger: { ...strangerAt(request, false), address: OFFICE },
        }).then((isFine) => isFine && response.end('well')),
    );
    server.on(
      'upgrade',
      (request, socket) =>
        void guardUpgrade(socket, { limits, stranger: { ...strangerAt(request, false), address: OFFICE } }).then(
          (isFine) => isFine && socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n'),
        ),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await flood('request', 'socket');
    const statusOf = (headers: Record<string, string>) => fetch(origin, { headers }).then(({ status }) => status);
    expect([await statusOf({}), await statusOf({ cookie })]).toEqual([429, 200]);
    expect(cookie).toContain(sessionCookieName(false));
    server.close();
  });
});

describe('a route outside tRPC', () => {
  const post = (path: string, cookie: string | null): Request =>
    new Request(`http://localhost${path}`, {
      method: 'POST',
      body: 'x',
      headers: {
        host: 'localhost',
        origin: 'http://localhost',
        'x-forwarded-for': OFFICE,
        ...(cookie === null ? {} : { cookie }),
      },
    });

  it('charges the limit that it declares, whatever its input is', async () => {
    const cookie = await signUp('routes');
    const actor = await whoseSession(api.db, sessionIn(cookie));
    const routes = [
      {
        name: 'import',
        ask: () => handleMarketImport(runtime(), post('/api/markets/import', cookie)),
        charged: { ...actor },
      },
      {
        name: 'heavyRead',
        ask: () =>
          handleBacktestExport(runtime(), get('/api/backtests/x/trades.csv', cookie), { id: 'x', what: 'trades.csv' }),
        charged: { ...actor },
      },
      {
        name: 'webhook',
        ask: () => handleStripeWebhook(runtime(), post('/api/stripe/webhook', null)),
        charged: { address: OFFICE },
      },
    ] as const;
    for (const { name, ask, charged } of routes) {
      const { person, address } = LIMITS[name].windows;
      const points = (person ?? address)?.[0]?.points ?? 0;
      await limits.charge(name, charged, points - 1);
      expect((await ask()).status, name).not.toBe(429);
      expect((await ask()).status, name).toBe(429);
    }
  });
});

const NOBODY = { person: 'nobody', organisation: 'none' };

/** A large answer that is being sent. */
function held(payer: AnswerPayer, body: Uint8Array): ReadableStream<Uint8Array> {
  const answer = limits.untaken.hold(payer);
  answer.grow(body.length);
  return answer.handOn(cut(body), new AbortController().signal);
}

describe('somebody who does not take large answers', () => {
  it('gets no more of them, until they have; small ones and others go on', async () => {
    const [deaf, other] = [await signUp('deaf'), await signUp('other')];
    const actor = await whoseSession(api.db, sessionIn(deaf));
    const body = new Uint8Array(1_000_000);
    const input = `?input=${encodeURIComponent(JSON.stringify(writeInput({ id: crypto.randomUUID() })))}`;
    const answers = Array.from({ length: UNTAKEN.person.heavy }, () => held(actor ?? NOBODY, body));
    expect((await answerTrpc(runtime(), get(`/api/trpc/market.bars${input}`, deaf))).status).toBe(429);
    expect((await answerTrpc(runtime(), get('/api/trpc/market.list', deaf))).status).toBe(200);
    for (let more = answers.length; more < UNTAKEN.person.any; more += 1) answers.push(held(actor ?? NOBODY, body));
    expect((await answerTrpc(runtime(), get('/api/trpc/market.list', deaf))).status).toBe(429);
    expect((await answerTrpc(runtime(), get('/api/trpc/session.me', deaf))).status).toBe(200);
    expect((await answerTrpc(runtime(), get('/api/trpc/market.list', other))).status).toBe(200);
    for (const answer of answers) expect((await new Response(answer).arrayBuffer()).byteLength).toBe(body.length);
    expect((await answerTrpc(runtime(), get('/api/trpc/market.list', deaf))).status).toBe(200);
    // Who goes away has nothing in memory either.
    await held(NOBODY, body).cancel();
    expect(limits.untaken.count(NOBODY.person).large).toBe(0);
  });

  it('is sent one piece after the other', async () => {
    const body = Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 251);
    const reader = held(NOBODY, body).getReader();
    const pieces: Uint8Array[] = [];
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) pieces.push(piece.value);
    expect(Math.max(...pieces.map(({ length }) => length))).toBe(UNTAKEN.large);
    expect(Buffer.concat(pieces).equals(Buffer.from(body))).toBe(true);
    expect(limits.untaken.count(NOBODY.person).large).toBe(0);
  });
});
