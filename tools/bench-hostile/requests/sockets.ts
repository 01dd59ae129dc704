import { setTimeout as after } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { writeInput } from '#core/requests/input-form.ts';
import type { Attack } from '../attack.ts';

const calls = (count: number): string =>
  JSON.stringify(
    Array.from({ length: count }, (_, id) => ({
      id,
      jsonrpc: '2.0',
      method: 'query',
      params: { path: 'session.me', input: writeInput(undefined) },
    })),
  );

export const attack: Attack = {
  name: 'sockets: strangers, long messages, subscriptions, answers unread',
  run: async ({ ws, origin, cookie }, signal) => {
    const open = (headers: Record<string, string>, begin: (socket: WebSocket) => void): void => {
      const socket = new WebSocket(`${ws}/trpc`, { headers: { origin, ...headers } });
      socket.on('error', () => undefined).on('open', () => begin(socket));
      signal.addEventListener('abort', () => socket.terminate());
    };
    const [long, short] = [calls(7_000), calls(16)];
    while (!signal.aborted) {
      for (let index = 0; index < 20; index += 1) open({}, () => undefined);
      open({}, (socket) => socket.send(long));
      open({ cookie }, (socket) => {
        socket.pause();
        for (let index = 0; index < 200; index += 1) socket.send(short);
      });
      open({ cookie }, (socket) => {
        for (let id = 0; id < 500; id += 1)
          socket.send(
            JSON.stringify({
              id,
              jsonrpc: '2.0',
              method: 'subscription',
              params: { path: 'live.events', input: writeInput(undefined) },
            }),
          );
      });
      await after(200, undefined, { signal }).catch(() => undefined);
    }
  },
};
