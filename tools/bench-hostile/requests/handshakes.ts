import { WebSocket } from 'ws';
import type { Attack } from '../attack.ts';

export const attack: Attack = {
  name: 'handshakes of strangers with made-up cookies, /trpc and /collab, 32 at once',
  run: async ({ ws, origin, sharedFormulaId }, signal) => {
    await Promise.all(
      Array.from({ length: 32 }, async (_, index) => {
        while (!signal.aborted) {
          const cookie = `alphaloom_session=${crypto.randomUUID().replaceAll('-', '')}abcdefghijk`;
          const socket = new WebSocket(index % 2 === 0 ? `${ws}/trpc` : `${ws}/collab/${sharedFormulaId}`, {
            headers: { origin, cookie },
          });
          await new Promise<void>((resolve) =>
            socket
              .once('open', resolve)
              .once('error', () => resolve())
              .once('close', () => resolve()),
          );
          socket.terminate();
        }
      }),
    );
  },
};
