import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { Registry } from 'prom-client';
import { afterEach, expect, it, vi } from 'vitest';
import { readProxies } from '#server/network/client-address.ts';
import { MOST_PIPELINED } from '#server/policies/connection-limits.ts';
import { listen, type HttpServer, type ListenOptions } from './listen.ts';

let server: HttpServer;
let registry: Registry;
let handled = 0;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close();
});

const PIECE = Buffer.alloc(65_536);

async function start(options: Partial<ListenOptions> = {}): Promise<void> {
  [registry, handled] = [new Registry(), 0];
  server = await listen(
    { host: '127.0.0.1', port: 0, registry, log: { error: () => undefined }, ...options },
    (request, response) => {
      handled += 1;
      if (request.url === '/never') return;
      if (request.url === '/large') return void Readable.from(Array.from({ length: 320 }, () => PIECE)).pipe(response);
      response.end('here');
    },
    (_request, socket) => {
      socket.resume().once('end', () => socket.destroy());
      socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    },
  );
}

function open(text: string): Socket {
  const socket = connect(server.port, '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  socket.write(text);
  return socket;
}

const asked = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
const HALF = 'GET / HTTP/1.1\r\nHost: a\r\nX: ';
const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';

async function metric(line: string): Promise<number> {
  const text = await registry.metrics();
  return Number(
    text
      .split('\n')
      .find((each) => each.startsWith(`${line} `))
      ?.split(' ')
      .at(-1) ?? 0,
  );
}
const ended = (why: string): Promise<number> => metric(`alphaloom_connections_ended_total{why="${why}"}`);
const here = (): Promise<number> => metric('alphaloom_connections{kind="http"}');

const answered = async (): Promise<string> => (await fetch(`http://127.0.0.1:${server.port}/`)).text();

/** Answered on a connection of its own. */
async function alone(): Promise<string> {
  const [text] = await once(open(asked('/', 'Connection: close\r\n')).setEncoding('utf8'), 'data');
  return String(text);
}

it('half heads from one address make way for others from there, the oldest first', async () => {
  await start({ room: { all: 20, perAddress: 5, upgraded: 5 } });
  const half = Array.from({ length: 30 }, () => open(HALF));
  await vi.waitFor(async () => expect(await ended('made_way')).toBe(25));
  expect(await here()).toBe(5);
  expect(await answered()).toBe('here');
  await vi.waitFor(() => expect(half.slice(0, 25).every(({ destroyed }) => destroyed)).toBe(true));
});

it('an address that opens connections again and again is told so, and then answered no more; a trusted proxy is', async () => {
  await start({ rate: { perSecond: 0.001, atOnce: 20 } });
  for (let i = 0; i < 20; i += 1) expect(await alone()).toMatch(/^HTTP\/1\.1 200/);
  const socket = open(asked('/')).setEncoding('utf8');
  const [text] = await once(socket, 'data');
  expect(text).toMatch(/^HTTP\/1\.1 429 [\s\S]*opened from your network/);
  for (let i = 0; i < 60; i += 1) open(HALF);
  await vi.waitFor(async () => expect(await ended('too_often')).toBe(61));
  expect(handled).toBe(20);
  await server.close();
  await start({ rate: { perSecond: 0.001, atOnce: 2 }, proxies: readProxies(['127.0.0.0/8']) });
  for (let i = 0; i < 5; i += 1) expect(await alone()).toMatch(/^HTTP\/1\.1 200/);
});

it('connections of a trusted proxy are bounded in all only', async () => {
  await start({ room: { all: 12, perAddress: 2, upgraded: 5 }, proxies: readProxies(['127.0.0.0/8']) });
  for (let i = 0; i < 20; i += 1) open(HALF);
  await vi.waitFor(async () => expect(await ended('made_way')).toBe(8));
  expect(await here()).toBe(12);
  expect(await answered()).toBe('here');
});

it('whoever comes when all are being answered is told so', async () => {
  await start({ room: { all: 20, perAddress: 2, upgraded: 5 } });
  const busy = [open(asked('/never')), open(asked('/never'))];
  await vi.waitFor(() => expect(handled).toBe(2));
  const socket = open('').setEncoding('utf8');
  const [text] = await once(socket, 'data');
  expect(text).toMatch(/^HTTP\/1\.1 503 [\s\S]*Try again in a minute/);
  expect(busy.some(({ destroyed }) => destroyed)).toBe(false);
});

it('an answer that nobody takes ends with its connection, and one that is taken slowly does not', async () => {
  await start({ times: { untaken: 500, stuck: 100, look: 20 } });
  const unread = Array.from({ length: 3 }, () => open(asked('/large').repeat(8)).pause());
  const slow = open(asked('/large', 'Connection: close\r\n'));
  let [bytes, piecesSinceEnded] = [0, 0];
  slow.on('data', (data) => {
    bytes += data.length;
    // Slowly until those who read nothing are gone.
    if (piecesSinceEnded > 0) return;
    slow.pause();
    void ended('untaken').then((count) => {
      if (count === 3) piecesSinceEnded += 1;
      setTimeout(() => slow.resume(), 5);
    });
  });
  await once(slow, 'close');
  expect(bytes).toBeGreaterThan(320 * PIECE.length);
  await vi.waitFor(async () => expect(await ended('untaken')).toBe(unread.length));
  expect(await here()).toBe(0);
});

it('an answer that nobody takes makes way before its connection ends', async () => {
  await start({ room: { all: 20, perAddress: 2, upgraded: 5 }, times: { stuck: 50, look: 20 } });
  open(asked('/large')).pause();
  open(asked('/large')).pause();
  await vi.waitFor(async () => expect(await answered()).toBe('here'));
  expect(await ended('made_way')).toBe(1);
});

it('no more than a few requests of one connection are answered at once', async () => {
  await start();
  const socket = open(asked('/never').repeat(2_000));
  await once(socket, 'close');
  expect(handled).toBe(MOST_PIPELINED);
  expect(await ended('pipelined')).toBe(1);
});

it('a few requests in one piece are answered in turn', async () => {
  await start();
  const socket = open(asked('/').repeat(MOST_PIPELINED)).setEncoding('utf8');
  let text = '';
  socket.on('data', (data: string) => (text += data));
  await vi.waitFor(() => expect(text.match(/200 OK/g)).toHaveLength(MOST_PIPELINED));
});

it('a connection on which empty lines come and no request ends', async () => {
  await start({ times: { quiet: 200, look: 20 } });
  const socket = open(asked('/'));
  const drip = setInterval(() => socket.write('\r\n'), 20);
  await once(socket.resume(), 'close');
  clearInterval(drip);
  expect(await ended('quiet')).toBe(1);
});

it('websockets leave room for requests, and whoever opens one too many is told so', async () => {
  await start({ room: { all: 4, perAddress: 4, upgraded: 2 }, times: { quiet: 50, untaken: 50, look: 10 } });
  const live = Array.from({ length: 2 }, () => open(asked('/', UPGRADE)));
  await vi.waitFor(async () => expect(await metric('alphaloom_connections{kind="websocket"}')).toBe(2));
  const [text] = await once(open(asked('/', UPGRADE)).setEncoding('utf8'), 'data');
  expect(text).toMatch(/^HTTP\/1\.1 503 [\s\S]*Try again in a minute/);
  // Nothing comes on the two for longer than requests may take.
  await once(open(''), 'close');
  expect(live.some(({ destroyed }) => destroyed)).toBe(false);
  expect(await answered()).toBe('here');
});
