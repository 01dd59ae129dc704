import { Counter, Registry } from 'prom-client';
import { afterEach, expect, test } from 'vitest';
import { answerMetrics } from './answer-metrics.ts';
import { listen, type HttpServer } from './listen.ts';

let server: HttpServer | undefined;
afterEach(() => server?.close());

async function get(
  token: string | undefined,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const registry = new Registry();
  new Counter({ name: 'threads_woven_total', help: 'Threads', registers: [registry] }).inc(3);
  server = await listen(
    { host: '127.0.0.1', port: 0, log: { error: () => undefined } },
    (request, response) => answerMetrics(request, response, { registry, token }),
    (_, socket) => socket.end(),
  );
  const response = await fetch(`http://127.0.0.1:${server.port}/metrics`, { headers });
  return { status: response.status, text: await response.text() };
}

test('metrics are for who has the token', async () => {
  expect(await get('a long secret token', { authorization: 'Bearer a long secret token' })).toMatchObject({
    status: 200,
    text: expect.stringContaining('threads_woven_total 3'),
  });
});

test.each([{}, { authorization: 'Bearer a long secret tokem' }, { authorization: 'Bearer' }])(
  'others are refused: %o',
  async (headers) => {
    const { status, text } = await get('a long secret token', headers);
    expect(status).toBe(401);
    expect(text).not.toContain('threads_woven');
  },
);

test('without a token in the environment there are none, and the answer says how to have them', async () => {
  expect(await get(undefined, { authorization: 'Bearer undefined' })).toMatchObject({
    status: 404,
    text: expect.stringContaining('METRICS_TOKEN'),
  });
});
