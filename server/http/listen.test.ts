import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { keptConnections } from '#server/policies/connection-limits.ts';
import { listen, type HttpServer } from './listen.ts';
import { bareHeaders } from './security-headers.ts';

let server: HttpServer;
const logged: unknown[] = [];
const sockets = new WebSocketServer({ noServer: true });

beforeAll(async () => {
  server = await listen(
    {
      host: '127.0.0.1',
      port: 0,
      bareHeaders: bareHeaders(true),
      times: { headers: 200, request: 400, look: 50 },
      log: { error: ({ err }: { readonly err: unknown }) => void logged.push(err) },
    },
    async (request, response) => {
      if (request.url === '/fails') throw new Error('the handler has no answer');
      response.end(`handled ${request.method ?? ''} ${request.headers.host ?? 'nobody'}`);
    },
    (request, socket, head) => {
      if (request.url === '/ws') sockets.handleUpgrade(request, socket, head, (client) => client.terminate());
      else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    },
  );
});
afterAll(() => server.close());

/** All that comes back until the server ends the connection. */
async function say(...lines: readonly string[]): Promise<string> {
  const socket = connect(server.port, '127.0.0.1').setEncoding('utf8');
  let heard = '';
  socket.on('data', (text: string) => (heard += text));
  socket.write(lines.join('\r\n'));
  await once(socket, 'close');
  return heard;
}

const UPGRADE = ['Host: a', 'Connection: Upgrade', 'Upgrade: websocket'];

it('says in the log what failed outside of every handler', async () => {
  const answer = await say('GET /fails HTTP/1.1', 'Host: a', 'Connection: close', '', '');
  expect(answer).toContain('500 Internal Server Error');
  expect(logged).toEqual([expect.objectContaining({ message: 'the handler has no answer' })]);
});

describe('answers that pass no handler', () => {
  it.each([
    ['what is no HTTP', '400', ['rubbish', '', '']],
    ['a header that is none', '400', ['GET / HTTP/1.1', 'Host: a', 'no colon', '', '']],
    ['two lengths', '400', ['POST / HTTP/1.1', 'Host: a', 'Content-Length: 1', 'Content-Length: 2', '', '']],
    [
      'a length and chunks',
      '400',
      ['POST / HTTP/1.1', 'Host: a', 'Content-Length: 1', 'Transfer-Encoding: chunked', '', ''],
    ],
    ['headers without an end', '431', ['GET / HTTP/1.1', `X: ${'a'.repeat(100_000)}`, '', '']],
    ['headers that do not come', '408', ['GET / HTTP/1.1', 'Host: a', '']],
    ['a body that does not come', '408', ['POST / HTTP/1.1', 'Host: a', 'Content-Length: 10', '', '1']],
    ['an upgrade that a handler refuses', '404', ['GET /nowhere HTTP/1.1', ...UPGRADE, '', '']],
    [
      'an upgrade that the library refuses',
      '400',
      ['GET /ws HTTP/1.1', ...UPGRADE, 'Sec-WebSocket-Version: 13', '', ''],
    ],
    [
      'an upgrade of a version that is none',
      '400',
      [
        'GET /ws HTTP/1.1',
        ...UPGRADE,
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version: 9',
        '',
        '',
      ],
    ],
  ])('carry the headers: %s', async (what, status, lines) => {
    const answers = (await say(...lines)).split(/(?=HTTP\/1\.1 )/);
    const answer = answers.at(-1) ?? '';
    // A handler may have answered before the body was all there.
    if (what === 'a body that does not come' && answer.includes('handled')) return;
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    for (const header of [
      /content-security-policy: default-src 'none'; frame-ancestors 'none'/,
      /x-content-type-options: nosniff/,
      /strict-transport-security: /,
      /x-frame-options: DENY/,
    ])
      expect(answer).toMatch(header);
  });
});

describe('what Node would answer by itself', () => {
  it.each([
    ['a request without a host', 'handled GET nobody', ['GET / HTTP/1.1', 'Connection: close', '', '']],
    [
      'an expectation that nobody knows',
      'handled GET a',
      ['GET / HTTP/1.1', 'Host: a', 'Expect: miracles', 'Connection: close', '', ''],
    ],
    [
      'an upgrade to something else',
      'handled GET a',
      ['GET / HTTP/1.1', 'Host: a', 'Connection: Upgrade, close', 'Upgrade: h2c', '', ''],
    ],
  ])('goes to the handlers: %s', async (_what, body, lines) => expect(await say(...lines)).toContain(body));
});

it('a connection is kept for as long as the server was told, and the other side hears how long', async () => {
  const kept = await listen(
    {
      host: '127.0.0.1',
      port: 0,
      times: { ...keptConnections(125, true), look: 20 },
      log: { error: ({ err }: { readonly err: unknown }) => void logged.push(err) },
    },
    (_request, response) => void response.end('once more'),
    (_request, socket) => socket.destroy(),
  );
  const socket = connect(kept.port, '127.0.0.1').setEncoding('utf8');
  let heard = '';
  socket.on('data', (text: string) => (heard += text));
  for (let count = 1; count <= 3; count += 1) {
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await vi.waitFor(() => expect(heard.split('once more')).toHaveLength(count + 1));
  }
  expect(heard).toContain('Keep-Alive: timeout=125');
  socket.destroy();
  await kept.close();
});

it('a websocket is still opened', async () => {
  const heard = await say(
    'GET /ws HTTP/1.1',
    ...UPGRADE,
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    '',
    '',
  );
  expect(heard).toMatch(/^HTTP\/1\.1 101 /);
  expect(heard).not.toContain('x-frame-options');
});
