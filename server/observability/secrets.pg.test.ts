import { createHmac } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeInput } from '#core/requests/input-form.ts';
import { loadConfig } from '#server/config/config.ts';
import { asSystem } from '#server/db/database.ts';
import { createRateLimits } from '#server/limits/rate-limits.ts';
import { serveRoutes } from '#server/testing/serve-routes.ts';
import { testApi } from '#server/testing/test-api.ts';
import { createLog } from './log.ts';
import { createSecurityLog } from './security-log.ts';

const METRICS_TOKEN = 'metrics-secret-5b1d7e';
const WEBHOOK_SECRET = 'whsec_secret-0a9c3f';
const STRIPE_KEY = 'sk_test_secret-77aa01';

const api = testApi();
let log = '';
let answers = '';
let server: Awaited<ReturnType<typeof serveRoutes>>;
const registry = new Registry();
/** By what it is. */
const secrets = new Map<string, string>();
const secret = (what: string, value: string): string => {
  expect(value.length, what).toBeGreaterThan(7);
  secrets.set(what, value);
  return value;
};

beforeAll(async () => {
  const lines = createLog('trace', { write: (line) => void (log += line) });
  const security = createSecurityLog({ log: lines, registry });
  server = await serveRoutes({
    ...api.runtime,
    log: lines,
    security,
    limits: createRateLimits({ sql: api.database.sql, log: lines }),
    config: loadConfig({
      NODE_ENV: 'test',
      STRIPE_SECRET_KEY: STRIPE_KEY,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      METRICS_TOKEN,
    }),
  });
});
afterAll(() => server.close());

/** A browser with its cookies, whose values are secrets from when it has them. */
function browser(name: string) {
  const jar = new Map<string, string>();
  const send = async (path: string, options: RequestInit = {}): Promise<{ status: number; text: string }> => {
    const response = await fetch(`http://localhost:${server.port}${path}`, {
      ...options,
      headers: {
        origin: `http://localhost:${server.port}`,
        cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; '),
        ...options.headers,
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [key = '', value = ''] = cookie.split(';')[0]?.split('=') ?? [];
      jar.set(key, value);
      if (value.length > 7) secret(`${key} of ${name}, ${secrets.size}`, value);
    }
    const text = await response.text();
    if (!response.ok) answers += `${text}\n`;
    return { status: response.status, text };
  };
  return {
    send,
    mutate: (path: string, input: unknown) =>
      send(`/api/trpc/${path}`, {
        method: 'POST',
        body: JSON.stringify(writeInput(input)),
        headers: { 'content-type': 'application/json' },
      }),
    query: (path: string, input: unknown) =>
      send(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(writeInput(input)))}`),
  };
}

const resultOf = (text: string): Record<string, unknown> =>
  (JSON.parse(text) as { result: { data: { json: Record<string, unknown> } } }).result.data.json;

/** All that people do with secrets, the right and the wrong way. */
async function session(): Promise<void> {
  const [ada, ben] = [browser('Ada'), browser('Ben')];
  const password = secret('the password', 'a quiet loom at dawn');
  const account = { name: 'Ada', email: 'ada.secret@example.com', organisation: 'Looms' };
  secret('the address', account.email);
  expect((await ada.mutate('session.register', { ...account, password })).status).toBe(200);
  expect(
    (await browser('a second Ada').mutate('session.register', { ...account, password })).status,
  ).toBeGreaterThanOrEqual(200);
  expect(
    (
      await ada.mutate('session.register', {
        ...account,
        email: 'no address',
        password: secret('the password of a wrong form', 'hunter2hunter2'),
      })
    ).status,
  ).toBe(400);
  expect(
    (
      await ben.mutate('session.signIn', {
        email: account.email,
        password: secret('a wrong password', 'wrong-guess-of-a-thief'),
      })
    ).status,
  ).toBe(401);
  expect(
    (
      await ben.mutate('session.signIn', {
        email: account.email,
        password: secret('a password of the wrong kind', 'guess\0with-a-null'),
      })
    ).status,
  ).toBeGreaterThanOrEqual(400);
  expect((await ada.mutate('session.signIn', { email: account.email, password })).status).toBe(200);

  const invited = resultOf((await ada.mutate('team.invite', { role: 'editor' })).text);
  const token = secret('the token of an invitation', String(invited['path']).split('#').at(-1) ?? '');
  expect((await ben.mutate('invitation.preview', { token })).status).toBe(200);
  expect(
    (
      await ben.mutate('invitation.preview', {
        token: secret('a token of no invitation', 'tokenthatisnoinvitation0123456789abcdefghi'),
      })
    ).status,
  ).toBeGreaterThanOrEqual(400);
  expect(
    (
      await ben.mutate('session.register', {
        name: 'Ben',
        email: 'ben@example.com',
        password: secret('another password', 'seven threads of wool'),
        invitation: token,
      })
    ).status,
  ).toBe(200);

  const bytes = secret('bytes of a file', '31337.4242');
  const rows = Array.from({ length: 5 }, (_, day) => `2020-01-0${day + 1},${bytes},40000,1,${bytes},7`);
  const importTo = (query: string, body: string) =>
    ada.send(`/api/markets/import?${query}`, { method: 'POST', body, headers: { 'content-type': 'text/csv' } });
  secret('a query parameter', 'parameter-nobody-logs');
  expect(
    (await importTo('symbol=SPY&name=parameter-nobody-logs', `time,open,high,low,close,volume\n${rows.join('\n')}`))
      .status,
  ).toBe(200);
  expect(
    (await importTo('symbol=SPY&name=parameter-nobody-logs&timeframe=parameter-nobody-logs', 'x')).status,
  ).toBeGreaterThanOrEqual(400);
  const { id } = resultOf(
    (
      await ada.mutate('formula.create', {
        name: 'Woven',
        code: `x = ${secret('a number of a formula', '123456.789012')}`,
      })
    ).text,
  );
  expect((await ada.query('formula.export', { id })).status).toBe(200);
  expect(
    (await ada.send('/api/backtests/00000000-0000-4000-8000-000000000000/trades.csv?token=parameter-nobody-logs'))
      .status,
  ).toBe(404);

  const event = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'customer.created',
    created: 1,
    data: { object: { email: secret('an address at Stripe', 'payer@stripe.example') } },
  });
  const at = Math.floor(Date.now() / 1000);
  const signature = secret('a signature', createHmac('sha256', WEBHOOK_SECRET).update(`${at}.${event}`).digest('hex'));
  const deliver = (body: string) =>
    ada.send('/api/stripe/webhook', {
      method: 'POST',
      body,
      headers: { 'stripe-signature': `t=${at},v1=${signature}` },
    });
  expect((await deliver(event)).status).toBe(200);
  expect((await deliver(`${event} `)).status).toBeGreaterThanOrEqual(400);
  expect(
    (
      await ada.send('/metrics', {
        headers: { authorization: `Bearer ${secret('a wrong token of metrics', 'metrics-guess-1234')}` },
      })
    ).status,
  ).toBe(401);

  // A failure in the middle of each: its error carries the query with its parameters.
  await api.database.asOwner('alter table users rename to users_away');
  expect(
    (await browser('Cyd').mutate('session.register', { ...account, email: 'cyd@example.com', password })).status,
  ).toBe(500);
  expect((await browser('Cyd').mutate('session.signIn', { email: account.email, password })).status).toBe(500);
  await api.database.asOwner('alter table users_away rename to users');
  await api.database.asOwner('alter table bar_chunks rename to bar_chunks_away');
  expect(
    (await importTo('symbol=QQQ&name=parameter-nobody-logs', `time,open,high,low,close,volume\n${rows.join('\n')}`))
      .status,
  ).toBe(500);
  await api.database.asOwner('alter table bar_chunks_away rename to bar_chunks');
  await api.database.asOwner('alter table stripe_events rename to stripe_events_away');
  expect((await deliver(event)).status).toBe(500);
  await api.database.asOwner('alter table stripe_events_away rename to stripe_events');
  expect((await ada.mutate('session.signOut', undefined)).status).toBe(200);

  for (const [what, value] of [
    ['the secret of Stripe’s events', WEBHOOK_SECRET],
    ['the key of Stripe', STRIPE_KEY],
    ['the token of metrics', METRICS_TOKEN],
  ] as const)
    secret(what, value);
  const [hashes] = await asSystem(api.db, (tx) =>
    tx.execute<{ password: string }>(sql`select password_hash as password from users where email = ${account.email}`),
  );
  secret('the hash of a password', hashes?.password ?? '');
  const sessions = await asSystem(api.db, (tx) => tx.execute<{ id: string }>(sql`select id from sessions`));
  for (const [at, row] of [...sessions].entries()) secret(`the id of session ${at}`, row.id);
}

describe('a session with everything that people do, and what goes wrong', () => {
  beforeAll(session, 60_000);
  /** Those of `secrets` that stand in a text, also as they stand in an address or in JSON. */
  const found = (text: string, but: readonly string[] = []): string[] =>
    [...secrets]
      .filter(
        ([what, value]) =>
          !but.includes(what) &&
          [
            value,
            encodeURIComponent(value),
            JSON.stringify(value).slice(1, -1),
            Buffer.from(value).toString('base64'),
            Buffer.from(value).toString('hex'),
          ].some((form) => text.includes(form)),
      )
      .map(([what]) => what);

  it('leaves no secret in the log', () => {
    expect(log.split('\n').length).toBeGreaterThan(10);
    expect(log).toContain('procedure failed');
    expect(log).toContain('request failed');
    expect(found(log)).toEqual([]);
  });

  it('leaves no error in the log without its text', () => {
    for (const line of log.split('\n').filter((text) => text !== '')) {
      const { level, err, msg } = JSON.parse(line) as { level: number; err?: { message?: string }; msg?: string };
      if (level >= 50)
        expect([msg, err === undefined || (err.message ?? '').length > 3], line).toEqual([expect.any(String), true]);
    }
  });

  it('leaves no secret in the metrics', async () => {
    const text = `${await registry.metrics()}${await server.registry.metrics()}`;
    expect(text).toContain('alphaloom_entries_total');
    expect(found(text)).toEqual([]);
  });

  it('leaves no secret in the audit', async () => {
    const rows = await asSystem(api.db, (tx) => tx.execute(sql`select * from audit_log`));
    expect(rows.length).toBeGreaterThan(5);
    // What a market is called is what the act is about.
    expect(found(JSON.stringify([...rows]), ['a query parameter'])).toEqual([]);
  });

  it('answers no secret in an error', () => {
    expect(answers.split('\n').length).toBeGreaterThan(10);
    expect(found(answers)).toEqual([]);
  });
});
