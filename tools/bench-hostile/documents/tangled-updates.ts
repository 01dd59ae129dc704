import * as Y from 'yjs';
import type { Attack } from '../attack.ts';
import { onCollab, updateMessage } from '../collab.ts';

const WRITERS = 200;

/** Everybody writes the same key without having seen the others, and many times over. */
function tangled(): Uint8Array {
  const parts = Array.from({ length: WRITERS }, () => {
    const doc = new Y.Doc();
    for (let turn = 0; turn < 100; turn += 1) doc.getMap('args').set('same/x', turn);
    return Y.encodeStateAsUpdate(doc);
  });
  return Y.mergeUpdates(parts);
}

export const attack: Attack = {
  name: 'editor: 200 writers of one key in each update, 8 sockets',
  run: (server, signal) => {
    const updates = Array.from({ length: 8 }, () => updateMessage(tangled()));
    return onCollab(
      server,
      { formulaId: server.targetFormulaId, cookie: server.editorCookie, count: 8 },
      signal,
      (socket, turn) => socket.send(updates[turn % updates.length] ?? Uint8Array.of(0)),
    );
  },
};
