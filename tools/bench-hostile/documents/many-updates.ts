import * as Y from 'yjs';
import type { Attack } from '../attack.ts';
import { onCollab, updateMessage } from '../collab.ts';

export const attack: Attack = {
  name: 'editor: small updates without a pause, 16 sockets',
  run: (server, signal) =>
    onCollab(
      server,
      { formulaId: server.targetFormulaId, cookie: server.editorCookie, count: 16 },
      signal,
      (socket, turn) => {
        const doc = new Y.Doc();
        doc.getMap('args').set('flood/x', turn);
        const update = updateMessage(Y.encodeStateAsUpdate(doc));
        for (let copy = 0; copy < 200; copy += 1) socket.send(update);
      },
    ),
};
