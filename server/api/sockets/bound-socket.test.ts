import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { idOf } from '#core/requests/ids.ts';
import { SOCKETS } from '#server/policies/limits.ts';
import { boundSocket } from './bound-socket.ts';
import { Crowd } from './crowd.ts';

let server: WebSocketServer;
let address: string;
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const bound = server.address();
  if (typeof bound === 'string' || bound === null) throw new Error('no port');
  address = `ws://127.0.0.1:${bound.port}`;
});
afterAll(() => {
  server.clients.forEach((client) => client.terminate());
  server.close();
});

async function pair(): Promise<{ near: WebSocket; far: WebSocket }> {
  const far = new WebSocket(address);
  const [[near]] = (await Promise.all([once(server, 'connection'), once(far, 'open')])) as [[WebSocket], unknown];
  return { near, far };
}

describe('a bounded socket', () => {
  it('whose reader does not read is read no more, holds back what sends by itself, and ends before its memory grows', async () => {
    const { near, far } = await pair();
    const bound = boundSocket(near);
    bound.begin();
    far.pause();
    const piece = 'x'.repeat(100_000);
    let most = 0;
    while (near.readyState === near.OPEN) {
      near.send(piece);
      most = Math.max(most, near.bufferedAmount);
      await new Promise((resolve) => setImmediate(resolve));
      if (most > SOCKETS.full && near.readyState === near.OPEN) expect(near.isPaused).toBe(true);
      if (most > 100_000_000) break;
    }
    expect(most).toBeLessThan(SOCKETS.overfull + 200_000);
    await bound.drained();
    far.terminate();
  });

  it('lets what sends by itself go on once its reader has read', async () => {
    const { near, far } = await pair();
    const bound = boundSocket(near);
    bound.begin();
    far.pause();
    while (near.bufferedAmount <= SOCKETS.full) near.send('x'.repeat(100_000));
    const drained = bound.drained();
    far.resume();
    await drained;
    expect(near.bufferedAmount).toBeLessThanOrEqual(SOCKETS.full / 4);
    far.close();
  });

  it('is sent a refusal in the place of an answer that is too large', async () => {
    const { near, far } = await pair();
    boundSocket(near).begin();
    for (const id of ['7', '"seven"']) {
      near.send(`{"id":${id},"jsonrpc":"2.0","result":{"type":"data","data":"${'x'.repeat(SOCKETS.answer)}"}}`);
      const [data] = (await once(far, 'message')) as [Buffer];
      expect(JSON.parse(data.toString())).toMatchObject({
        id: JSON.parse(id),
        error: {
          json: {
            message: 'The answer is too large for a websocket. Ask for it over HTTP.',
            data: { appCode: 'TOO_LARGE' },
          },
        },
      });
    }
    far.close();
  });

  it('hands on every message in order, no more at once than the burst', async () => {
    const { near, far } = await pair();
    const seen: number[] = [];
    near.on('message', (data: Buffer) => seen.push(Number(data.toString())));
    boundSocket(near).begin();
    const count = SOCKETS.burst + 60;
    for (let index = 0; index < count; index += 1) far.send(String(index));
    while (seen.length < SOCKETS.burst - 20) await new Promise((resolve) => setImmediate(resolve));
    expect(seen.length).toBeLessThan(count);
    while (seen.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen).toEqual(Array.from({ length: count }, (_, index) => index));
    far.close();
  });
});

describe('a crowd of sockets', () => {
  it('keeps whom it knows, and sends strangers away after a while', async () => {
    const [known, stranger] = [await pair(), await pair()];
    const crowd = new Crowd();
    crowd.enter(known.near, {
      address: '192.0.2.1',
      actor: { userId: idOf('user', 'u'), orgId: idOf('organisation', 'o') },
      since: 0,
    });
    crowd.enter(stranger.near, { address: '192.0.2.1', actor: null, since: 0 });
    crowd.dismissStrangers(SOCKETS.strangerMs - 1);
    expect(stranger.near.readyState).toBe(WebSocket.OPEN);
    crowd.dismissStrangers(SOCKETS.strangerMs);
    const [code, reason] = (await once(stranger.far, 'close')) as [number, Buffer];
    expect({ code, reason: reason.toString() }).toEqual({ code: 4401, reason: 'Sign in to stay connected.' });
    expect(known.near.readyState).toBe(WebSocket.OPEN);
    known.far.close();
  });
});
