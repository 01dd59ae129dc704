import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRateLimits, type RateLimits } from '#server/limits/rate-limits.ts';
import { BODIES, BODY } from '#server/policies/body-limits.ts';
import { openBrowser } from '#server/testing/api.ts';
import { serveRoutes } from '#server/testing/serve-routes.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
let limits: RateLimits;
let server: Awaited<ReturnType<typeof serveRoutes>>;
let cookie = '';
beforeAll(async () => {
  limits = createRateLimits({ sql: api.database.sql, log: pino({ level: 'silent' }) });
  const runtime = { ...api.runtime, limits };
  server = await serveRoutes(runtime);
  const browser = openBrowser(runtime, '198.51.100.7');
  await browser.call().session.register({
    name: 'Ada',
    email: 'ada@test.example',
    password: 'correct horse battery',
    organisation: 'Acme',
  });
  cookie = browser.cookie() ?? '';
});
afterAll(() => server.close());

interface Sent {
  readonly socket: Socket;
  /** All that came back. */
  answer(): string;
}

function begin(path: string, headers: readonly string[], first: string | Buffer = '', method = 'POST'): Sent {
  const socket = connect(server.port, '127.0.0.1');
  let answer = '';
  socket.on('error', () => undefined);
  socket.on('data', (data) => (answer += data.toString()));
  const host = `localhost:${server.port}`;
  socket.write(
    [`${method} ${path} HTTP/1.1`, `Host: ${host}`, `Origin: http://${host}`, ...headers, '', ''].join('\r\n'),
  );
  socket.write(first);
  return { socket, answer: () => answer };
}

const JSON_BODY = 'Content-Type: application/json';
const isSettled = (): void => expect(limits.bodies.whole.size).toEqual({ count: 0, bytes: 0 });

describe('unfinished bodies', () => {
  it('of one person hold no more memory than their room, and the rest is refused in words', async () => {
    const bytes = 4_900_000;
    const sent = Array.from({ length: 40 }, () =>
      begin(
        '/api/trpc/formula.create',
        [JSON_BODY, `Cookie: ${cookie}`, `Content-Length: ${bytes}`],
        Buffer.alloc(bytes - 100_000, 0x20),
      ),
    );
    await vi.waitFor(() => expect(sent.filter(({ answer }) => answer().includes(' 429 ')).length).toBeGreaterThan(25), {
      timeout: 20_000,
    });
    expect(limits.bodies.whole.size.bytes).toBeLessThanOrEqual(BODIES.whole.person.bytes);
    expect(sent.find(({ answer }) => answer().includes(' 429 '))?.answer()).toMatch(
      /Too much is being sent to us at once/,
    );
    for (const { socket } of sent) socket.destroy();
    await vi.waitFor(isSettled, { timeout: 20_000 });
  });

  it('of strangers are few, and somebody behind the same address still signs in', async () => {
    const half = Array.from({ length: 300 }, () =>
      begin('/api/trpc/session.signIn', [JSON_BODY, 'Content-Length: 60000'], Buffer.alloc(50_000, 0x20)),
    );
    await vi.waitFor(() => expect(half.filter(({ answer }) => answer() !== '').length).toBeGreaterThan(200), {
      timeout: 20_000,
    });
    expect(limits.bodies.whole.size.bytes).toBeLessThanOrEqual(BODIES.whole.address.bytes);
    const body = JSON.stringify({ json: { email: 'ada@test.example', password: 'correct horse battery' } });
    const honest = begin('/api/trpc/session.signIn', [JSON_BODY, `Content-Length: ${body.length}`], body);
    await vi.waitFor(() => expect(honest.answer()).toMatch(/^HTTP\/1\.1 200 /), { timeout: 20_000 });
    for (const { socket } of [...half, honest]) socket.destroy();
    await vi.waitFor(isSettled, { timeout: 20_000 });
  });

  it('to Stripe’s route are not read without a secret and a signature', async () => {
    const sent = Array.from({ length: 20 }, () =>
      begin('/api/stripe/webhook', ['Content-Length: 999000'], Buffer.alloc(900_000, 0x20)),
    );
    await vi.waitFor(() => expect(sent.every(({ answer }) => /^HTTP\/1\.1 503 /.test(answer()))).toBe(true), {
      timeout: 20_000,
    });
    isSettled();
    for (const { socket } of sent) socket.destroy();
  });
});

describe('a refusal', () => {
  it.each([
    ['too large without a length', '/api/trpc/session.signIn', BODY.stranger, '413'],
    ['packed', '/api/trpc/session.signIn', 100, '400'],
  ] as const)('of a body that is %s reaches who sends on', async (what, path, bytes, status) => {
    const piece = Buffer.alloc(bytes + 1, 0x20);
    const chunk = Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);
    const headers = [JSON_BODY, 'Transfer-Encoding: chunked', ...(what === 'packed' ? ['Content-Encoding: gzip'] : [])];
    const sent = begin(path, headers, chunk);
    await once(sent.socket, 'close');
    expect(sent.answer()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    isSettled();
  });
});

it('a body behind HEAD, OPTIONS and GET is not read, and ends with its connection', async () => {
  for (const method of ['HEAD', 'OPTIONS', 'GET']) {
    const sent = begin(
      '/api/trpc/session.demo',
      ['Transfer-Encoding: chunked', `Cookie: ${cookie}`],
      '5\r\nhello\r\n',
      method,
    );
    await once(sent.socket, 'close');
    expect(sent.answer()).toMatch(/^HTTP\/1\.1 \d/);
    isSettled();
  }
});
