import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { SCALE } from '#core/formula/testing/scale.ts';
import { loadConfig } from '#server/config/config.ts';
import type { Person } from '#server/policies/principal.ts';
import { signIn } from '#server/realtime/testing/harness.ts';
import type { Runtime } from '#server/runtime.ts';
import { ODD_TEXTS } from '#server/testing/odd-values.ts';
import { fillOrganisation, type Filled } from '#server/testing/organisation.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { serveRoutes } from '#server/testing/serve-routes.ts';
import { testApi } from '#server/testing/test-api.ts';

/** `npm run test:fuzz` makes many more calls, from another seed each time. */
const SEED = Number(process.env['FUZZ_SEED'] || (SCALE > 1 ? Date.now() % 2 ** 31 : 20_240_131));
const CALLS = 150 * SCALE;
const SECRET = 'whsec_test';

const api = testApi();
const lines: string[] = [];
let server: Awaited<ReturnType<typeof serveRoutes>>;
let filled: Filled;
let owner: Person;
let cookie: string;

beforeAll(async () => {
  const orgId = await createOrganisation(api.db);
  owner = await createMember(api.db, orgId, 'owner');
  filled = await fillOrganisation(api.db, orgId);
  cookie = await signIn(api.db, owner);
  const free = {
    charge: () => Promise.resolve(),
    inTurn: (_limit: unknown, _subjects: unknown, work: () => unknown) => work(),
  };
  const runtime: Runtime = {
    ...api.runtime,
    log: pino({ level: 'error' }, { write: (line: string) => void lines.push(line) }),
    // Nothing is refused for being too often.
    limits: { ...api.runtime.limits, ...free } as Runtime['limits'],
    config: loadConfig({
      NODE_ENV: 'test',
      STRIPE_SECRET_KEY: 'sk_test_x',
      STRIPE_WEBHOOK_SECRET: SECRET,
      METRICS_TOKEN: 'metrics-token-of-the-test',
    }),
  };
  server = await serveRoutes(runtime);
});
afterAll(() => server.close());

const text = fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ unit: 'binary', maxLength: 40 }));
/** What may stand in a header, after percent signs and the like have been tried. */
const headerText = fc.oneof(
  text.map((value) =>
    Buffer.from(value)
      .toString('latin1')
      .replaceAll(/[^\t\x20-\x7E\x80-\xFF]/g, '')
      .slice(0, 2000),
  ),
  fc.constantFrom(
    '%',
    '%00',
    '%ff',
    '=',
    ';;;',
    'a=%E0%A4%A',
    '"',
    '-1',
    '1e9',
    '99999999999999999999',
    'chunked',
    'text/event-stream',
    'application/jsonl',
    '*/*',
    'null',
    'http://localhost:1',
    'alphaloom_session=',
    'alphaloom_session=%',
  ),
);
/** A piece of an address, odd where it is decoded. */
const urlText = fc.oneof(
  text.map((value) => encodeURIComponent(value.isWellFormed() ? value : '').slice(0, 3000)),
  fc.constantFrom(
    '%',
    '%00',
    '%ff',
    '%2e%2e',
    '..',
    '%2f',
    '%u0000',
    ',',
    '%2c',
    ',,,,',
    '~',
    '.',
    'session.me',
    'session.me,formula.list',
    'formula.get',
  ),
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.jsonValue({ noUnicodeString: false }).map((value) => Buffer.from(JSON.stringify(value))),
  text.map((value) => Buffer.from(value)),
  fc
    .constantFrom(
      '{"json":{},"meta":{"values":{"__proto__":["Date"]}}}',
      '{"0":{"json":null}}',
      '[]',
      '[[[[',
      '{"json":{"id":{}},"meta":{"values":{"id":["set"]}}}',
      'time,open,high,low,close\n2020-01-01,1,2,0,1\n2020-01-02,1,2,0,1',
      'time,open,high,low,close\n',
      '"'.repeat(300),
      '\uFEFF',
    )
    .map((value) => Buffer.from(value)),
);

const PATHS = (): fc.Arbitrary<string> =>
  fc.oneof(
    urlText.map((part) => `/api/trpc/${part}`),
    fc
      .tuple(
        fc.constantFrom(
          'session.me',
          'formula.get',
          'formula.export',
          'market.bars',
          'session.signIn',
          'live.events',
          'document.damage',
        ),
        urlText,
        urlText,
      )
      .map(([path, key, value]) => `/api/trpc/${path}?${key}=${value}&input=${value}`),
    fc
      .tuple(fc.constantFrom('symbol', 'name', 'timeframe', 'currency', 'importId', '__proto__'), urlText)
      .map(([key, value]) => `/api/markets/import?symbol=A&name=n&${key}=${value}`),
    fc.constant('/api/markets/import?symbol=A&name=n'),
    fc
      .tuple(
        fc.oneof(urlText, fc.constant(filled.backtestId)),
        fc.oneof(urlText, fc.constantFrom('trades.csv', 'equity.csv', 'result.json')),
      )
      .map(([id, what]) => `/api/backtests/${id}/${what}`),
    fc.constant('/api/stripe/webhook'),
    fc.constantFrom(
      '/healthz',
      '/metrics',
      '/metrics?x',
      '/',
      '//',
      '/\\',
      '/%',
      '/api',
      '/api/trpc',
      '/collab/',
      '/trpc',
    ),
  );

const HEADERS = [
  'cookie',
  'content-type',
  'accept',
  'trpc-accept',
  'x-forwarded-for',
  'origin',
  'sec-fetch-site',
  'stripe-signature',
  'authorization',
  'last-event-id',
  'content-encoding',
  'range',
  'if-none-match',
  'user-agent',
  'expect',
  'x-trpc-source',
  'next-action',
  'x-middleware-subrequest',
];
const headers = fc.dictionary(fc.constantFrom(...HEADERS), headerText, { maxKeys: 3 });

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Sends bytes as they are, and reads what comes until the other side ends, or answers no more. */
async function send(bytes: Buffer): Promise<Answer> {
  const socket = connect(server.port, '127.0.0.1');
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  socket.on('error', () => undefined);
  socket.setTimeout(300, () => socket.destroy());
  socket.write(bytes);
  await once(socket, 'close');
  const answer = Buffer.concat(pieces).toString('latin1');
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), text: rest.join('\r\n\r\n') };
}

function requestBytes(
  method: string,
  path: string,
  fields: Readonly<Record<string, string>>,
  content: Buffer | null,
): Buffer {
  const all = {
    host: 'localhost',
    connection: 'close',
    ...fields,
    ...(content ? { 'content-length': String(content.length) } : {}),
  };
  const head = [`${method} ${path} HTTP/1.1`, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`)].join(
    '\r\n',
  );
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), content ?? Buffer.alloc(0)]);
}

/** No failure, and no refusal without words; what ended without an answer was a request that nobody could read. */
function judge({ status, text: answered }: Answer, what: string): string | null {
  if (status >= 500 && !(status === 503 && answered.includes('UNAVAILABLE')))
    return `${status} ${answered.slice(0, 200)} ← ${what}`;
  if (status >= 400 && answered.trim() === '' && !what.startsWith('HEAD')) return `${status} without a word ← ${what}`;
  return null;
}

async function each<T>(
  arbitrary: fc.Arbitrary<T>,
  count: number,
  attempt: (value: T) => Promise<string | null>,
): Promise<string[]> {
  const bad: string[] = [];
  const values = fc.sample(arbitrary, { seed: SEED, numRuns: count });
  const workers = Array.from({ length: 8 }, async () => {
    for (let value = values.pop(); value !== undefined; value = values.pop()) {
      const problem = await attempt(value);
      if (problem !== null) bad.push(problem);
    }
  });
  await Promise.all(workers);
  return bad;
}

describe('the routes', () => {
  it('answer whatever comes without a failure, and refuse in words', { timeout: 60_000 * SCALE }, async () => {
    const requests = fc.record({
      method: fc.constantFrom('GET', 'POST', 'POST', 'HEAD', 'OPTIONS'),
      path: PATHS(),
      fields: headers,
      content: fc.option(body),
      isMember: fc.boolean(),
    });
    const statuses = new Set<number>();
    const bad = await each(requests, CALLS, async ({ method, path, fields, content, isMember }) => {
      const request = requestBytes(
        method,
        path,
        { ...(isMember ? { cookie } : {}), ...fields },
        method === 'POST' ? content : null,
      );
      const answer = await send(request);
      statuses.add(answer.status);
      return judge(
        answer,
        `${method} ${path} ${JSON.stringify(fields)} ${content?.toString('latin1') ?? ''}`.slice(0, 600),
      );
    });
    expect(bad.slice(0, 5), `seed ${SEED}`).toEqual([]);
    // Else nothing behind the first check would have been reached.
    for (const status of [200, 400, 401, 404]) expect([...statuses], 'every kind of answer').toContain(status);
    expect(lines.splice(0).slice(0, 3)).toEqual([]);
  });

  it('take whatever Stripe signs', { timeout: 60_000 * SCALE }, async () => {
    const events = fc.record({
      id: fc.oneof(text, fc.uuid()),
      type: text,
      data: fc.jsonValue({ noUnicodeString: false }),
      created: fc.oneof(fc.integer(), fc.constant(1e300)),
      isCut: fc.boolean(),
    });
    const bad = await each(events, Math.ceil(CALLS / 5), async ({ isCut, ...event }) => {
      const whole = JSON.stringify({ object: 'event', ...event });
      const content = Buffer.from(isCut ? whole.slice(0, -3) : whole);
      const at = Math.floor(Date.now() / 1000);
      const signature = `t=${at},v1=${createHmac('sha256', SECRET).update(`${at}.${content.toString()}`).digest('hex')}`;
      return judge(
        await send(requestBytes('POST', '/api/stripe/webhook', { 'stripe-signature': signature }, content)),
        whole.slice(0, 300),
      );
    });
    expect(bad.slice(0, 5), `seed ${SEED}`).toEqual([]);
    expect(lines.splice(0).slice(0, 3)).toEqual([]);
  });

  it('end whatever is no request, and live on', { timeout: 60_000 * SCALE }, async () => {
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
      fc
        .tuple(
          fc.constantFrom('GET', 'POST', 'TRACE', 'CONNECT', 'PUT', 'get', 'PRI'),
          PATHS(),
          fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', ''),
          headers,
        )
        .map(([method, path, version, fields]) =>
          Buffer.from(
            `${method} ${path} ${version}\r\n${Object.entries(fields)
              .map(([name, value]) => `${name}: ${value}\r\n`)
              .join('')}\r\n`,
            'latin1',
          ),
        ),
      fc
        .tuple(
          PATHS(),
          fc.constantFrom(
            'Transfer-Encoding: chunked\r\nContent-Length: 3',
            'Transfer-Encoding: chunked',
            'Content-Length: 9',
            'Content-Length: 1\r\nContent-Length: 2',
          ),
          fc.string({ maxLength: 30 }),
        )
        .map(([path, how, content]) =>
          Buffer.from(`POST ${path} HTTP/1.1\r\nhost: localhost\r\ncookie: ${cookie}\r\n${how}\r\n\r\n${content}`),
        ),
    );
    const bad = await each(pieces, Math.ceil(CALLS / 3), async (bytes) =>
      judge(await send(bytes), bytes.toString('latin1')),
    );
    expect(bad.slice(0, 5), `seed ${SEED}`).toEqual([]);
    expect((await send(requestBytes('GET', '/healthz', {}, null))).status).toBe(200);
    expect(lines.splice(0).slice(0, 3)).toEqual([]);
  });
});

describe('the websockets', () => {
  it('take any upgrade, or refuse it in words', { timeout: 60_000 * SCALE }, async () => {
    const paths = fc.oneof(
      urlText.map((part) => `/collab/${part}`),
      fc.constant(`/collab/${filled.formulaId}`),
      fc
        .tuple(urlText, urlText)
        .map(([key, value]) => `/collab/${filled.formulaId}?extra=1&left=${value}&${key}=${value}`),
      urlText.map((part) => `/trpc?${part}`),
      fc.constantFrom('/trpc', '/nowhere', '/'),
    );
    const upgrades = fc.record({
      path: paths,
      fields: headers,
      key: fc.oneof(fc.constant('dGhlIHNhbXBsZSBub25jZQ=='), headerText),
      version: fc.constantFrom('13', '13', '13', '8', '', '99'),
      isMember: fc.boolean(),
    });
    const bad = await each(upgrades, Math.ceil(CALLS / 3), async ({ path, fields, key, version, isMember }) => {
      const bytes = requestBytes(
        'GET',
        path,
        {
          ...(isMember ? { cookie } : {}),
          ...fields,
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-key': key,
          'sec-websocket-version': version,
        },
        null,
      );
      return judge(await send(bytes), `upgrade ${path} ${JSON.stringify(fields)}`);
    });
    expect(bad.slice(0, 5), `seed ${SEED}`).toEqual([]);
    expect(lines.splice(0).slice(0, 3)).toEqual([]);
  });

  it('answer any message with words, or end', { timeout: 60_000 * SCALE }, async () => {
    const call = (id: unknown, method: unknown, path: unknown, input: unknown) =>
      JSON.stringify({ id, method, params: { path, input, lastEventId: input } });
    const messages = fc.oneof(
      body,
      fc
        .tuple(
          fc.oneof(fc.integer(), fc.constant(null), text),
          fc.constantFrom<unknown>('query', 'mutation', 'subscription', 'subscription.stop', 'x', null, 3),
          fc.oneof(
            fc.constantFrom(
              'session.me',
              'live.events',
              'formula.list',
              'formula.export',
              '__proto__',
              'constructor.name',
            ),
            text,
          ),
          fc.jsonValue(),
        )
        .map((parts) => Buffer.from(call(...parts))),
    );
    for (const [path, count] of [
      ['/trpc', 30],
      [`/collab/${filled.formulaId}`, 30],
    ] as const) {
      const bad = await each(fc.tuple(messages, fc.boolean()), count * SCALE, async ([message, isBinary]) => {
        const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, {
          headers: { host: 'localhost', cookie },
        });
        const problems: string[] = [];
        socket.on('error', (error) => problems.push(error.message));
        socket.on('message', (data: Buffer) => {
          if (/INTERNAL_SERVER_ERROR|"code":-32603/.test(data.toString())) problems.push(data.toString());
        });
        await once(socket, 'open');
        socket.send(message, { binary: isBinary });
        const asked = once(socket, 'pong');
        const closed = once(socket, 'close').then(() => undefined);
        socket.ping();
        await Promise.race([asked, closed]);
        socket.terminate();
        return problems.length > 0
          ? `${problems.join(' ')} ← ${path} ${message.toString('latin1').slice(0, 300)}`
          : null;
      });
      expect(bad.slice(0, 5), `seed ${SEED}`).toEqual([]);
    }
    expect(lines.splice(0).slice(0, 3)).toEqual([]);
  });
});
