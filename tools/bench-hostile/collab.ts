import { setTimeout as after } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { encodeSync, SYNC } from '#collab/messages.ts';
import type { AttackedServer } from './attack.ts';

/** Messages that wait in an attacker's own socket: more would be the attacker's memory, not the server's. */
const AHEAD_BYTES = 4_000_000;

/** Keeps `count` sockets open on a document and has `attack` send what it wants on each, again and again. */
export async function onCollab(
  { origin, ws }: AttackedServer,
  { formulaId, cookie, count }: { readonly formulaId: string; readonly cookie: string; readonly count: number },
  signal: AbortSignal,
  attack: (socket: WebSocket, turn: number) => void,
): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async () => {
      while (!signal.aborted) {
        const socket = new WebSocket(`${ws}/collab/${formulaId}?extra=1`, {
          headers: { origin, cookie },
          maxPayload: 1e9,
        });
        const end = (): void => socket.terminate();
        signal.addEventListener('abort', end);
        await new Promise<void>((resolve) =>
          socket
            .once('open', resolve)
            .once('error', () => resolve())
            .once('close', () => resolve()),
        );
        for (let turn = 0; socket.readyState === WebSocket.OPEN && !signal.aborted; turn += 1) {
          if (socket.bufferedAmount < AHEAD_BYTES) attack(socket, turn);
          await after(socket.bufferedAmount < AHEAD_BYTES ? 0 : 20);
        }
        signal.removeEventListener('abort', end);
        socket.terminate();
        await after(50);
      }
    }),
  );
}

export const updateMessage = (update: Uint8Array): Uint8Array => encodeSync(SYNC.update, update);
export const question = (vector: Uint8Array = Uint8Array.of(0)): Uint8Array => encodeSync(SYNC.step1, vector);
