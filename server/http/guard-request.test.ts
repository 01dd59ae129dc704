import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '#server/errors.ts';
import { guardRequest } from './guard-request.ts';
import { listen, type HttpServer } from './listen.ts';

let server: HttpServer;
let isTooMuch = false;
beforeAll(async () => {
  const limits = {
    chargeStranger: () =>
      isTooMuch
        ? Promise.reject(new AppError('RATE_LIMITED', 'Too many. Wait 3 seconds and try again.', { retryAfter: 3 }))
        : Promise.resolve(),
  };
  server = await listen(
    { host: '127.0.0.1', port: 0, log: { error: () => undefined } },
    async (request, response) => {
      if (await guardRequest(request, response, { limits, stranger: { address: null, session: null } }))
        response.end('well');
    },
    (_request, socket) => socket.destroy(),
  );
});
afterAll(() => server.close());

async function ask(text: string): Promise<{ socket: Socket; answer: string }> {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text);
  const [data] = (await once(socket, 'data')) as [Buffer];
  return { socket, answer: data.toString() };
}

describe('any request', () => {
  it.each(['TRACE', 'PUT', 'DELETE', 'PROPFIND'])('by %s is answered 405', async (method) => {
    const { socket, answer } = await ask(`${method} /api/trpc/x HTTP/1.1\r\nHost: x\r\nX-Secret: seen\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toMatch(/allow: GET, HEAD, POST, OPTIONS/i);
    expect(answer).not.toMatch(/seen/);
    socket.destroy();
  });

  it('to a page may not be a POST: Next would read its body to look for an action', async () => {
    for (const path of ['/', '/formulas/x', '/api/backtests/x/trades.csv']) {
      const { socket, answer } = await ask(
        `POST ${path} HTTP/1.1\r\nHost: x\r\nNext-Action: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 405 [\s\S]*Use GET here/);
      socket.destroy();
    }
  });

  it('is refused in words when its network sends too many', async () => {
    isTooMuch = true;
    const { socket, answer } = await ask('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    isTooMuch = false;
    expect(answer).toMatch(/^HTTP\/1\.1 429 [\s\S]*retry-after: 3[\s\S]*Wait 3 seconds/i);
    socket.destroy();
  });

  it('whose body nobody reads ends with its connection', async () => {
    const { socket, answer } = await ask(
      'POST /api/trpc/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    await once(socket, 'close');
  });

  it('is answered behind fifty whose small bodies nobody read, on the same connection', async () => {
    const HALF = 'x'.repeat(20_000);
    const socket = connect(server.port, '127.0.0.1');
    let [said, ended] = ['', false];
    socket.on('data', (data) => (said += data.toString()));
    socket.on('error', () => (ended = true)).on('close', () => (ended = true));
    for (let i = 0; i < 50; i += 1) {
      const before = said.split('HTTP/1.1 200').length;
      // The answer comes before the end of the body.
      socket.write(`POST /api/trpc/x HTTP/1.1\r\nHost: x\r\nContent-Length: ${2 * HALF.length}\r\n\r\n${HALF}`);
      await vi.waitFor(() => expect(said.split('HTTP/1.1 200').length).toBe(before + 1), {
        timeout: 5_000,
        interval: 2,
      });
      socket.write(HALF);
    }
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await vi.waitFor(() => expect(said.split('HTTP/1.1 200').length).toBe(52), { timeout: 5_000, interval: 2 });
    expect(ended).toBe(false);
    socket.destroy();
  });
});
