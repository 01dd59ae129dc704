import { request } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { writeInput } from '#core/requests/input-form.ts';
import type { Attack } from '../attack.ts';
import { importLarge } from '../large-market.ts';

const READERS = 50;
let id = '';

export const attack: Attack = {
  name: `${READERS} slow readers of large answers, and the holes of 2,000,000 bars`,
  prepare: async (server, signal) => {
    id = (await importLarge(server, 'UNREAD', signal)) ?? server.marketId;
  },
  run: async ({ origin, cookie }, signal) => {
    const ask = (path: string, input: object, isRead: boolean): Promise<void> =>
      new Promise((resolve) => {
        const outgoing = request(
          `${origin}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(writeInput(input)))}`,
          { signal, headers: { cookie } },
          (response) => {
            if (isRead) response.on('end', resolve).resume();
            else response.pause();
          },
        );
        outgoing
          .on('error', () => resolve())
          .on('close', () => resolve())
          .end();
      });
    const readers = Array.from({ length: READERS }, async () => {
      while (!signal.aborted) await ask('market.bars', { id, maxPoints: 20_000 }, false);
    });
    const gaps = Array.from({ length: 4 }, async () => {
      while (!signal.aborted) {
        await ask('market.gaps', { id }, true);
        await after(0);
      }
    });
    await Promise.all([...readers, ...gaps]);
  },
};
