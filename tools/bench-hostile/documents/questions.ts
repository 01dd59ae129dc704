import * as Y from 'yjs';
import type { Attack } from '../attack.ts';
import { onCollab, question, updateMessage } from '../collab.ts';

const PIECE = 1_900_000;

export const attack: Attack = {
  name: 'viewer: asks for 15 MB again and again, half of 31 sockets do not read',
  prepare: async (server, signal) => {
    const filled = new AbortController();
    await onCollab(
      server,
      { formulaId: server.targetFormulaId, cookie: server.editorCookie, count: 1 },
      AbortSignal.any([signal, filled.signal]),
      (socket, turn) => {
        if (turn > 7) {
          if (turn > 60) filled.abort();
          return;
        }
        const doc = new Y.Doc();
        doc.getMap('args').set(`large${turn}/x`, 'x'.repeat(PIECE));
        socket.send(updateMessage(Y.encodeStateAsUpdate(doc)));
      },
    );
  },
  run: async (server, signal) => {
    let sockets = 0;
    const known = new WeakSet<object>();
    await onCollab(
      server,
      { formulaId: server.targetFormulaId, cookie: server.viewerCookie, count: 31 },
      signal,
      (socket) => {
        if (!known.has(socket) && (sockets += 1) % 2 === 0) socket.pause();
        known.add(socket);
        for (let times = 0; times < 20; times += 1) socket.send(question());
      },
    );
  },
};
