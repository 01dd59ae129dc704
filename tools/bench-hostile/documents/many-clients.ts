import * as Y from 'yjs';
import type { Attack } from '../attack.ts';
import { onCollab, updateMessage } from '../collab.ts';

const CLIENTS = 250;

export const attack: Attack = {
  name: 'editor: updates of 250 new clients each, 8 sockets',
  run: (server, signal) =>
    onCollab(
      server,
      { formulaId: server.targetFormulaId, cookie: server.editorCookie, count: 8 },
      signal,
      (socket, turn) => {
        const parts = Array.from({ length: CLIENTS }, (_, index) => {
          const doc = new Y.Doc();
          doc.getMap('args').set(`c${turn}-${index}/x`, index);
          return Y.encodeStateAsUpdate(doc);
        });
        socket.send(updateMessage(Y.mergeUpdates(parts)));
      },
    ),
};
