import * as Y from 'yjs';
import type { Attack } from '../attack.ts';
import { onCollab, updateMessage } from '../collab.ts';

/** Deep values, long strings, as many pieces as an update may have, and as many nodes as a document may. */
function widest(turn: number): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => {
    if (turn % 4 === 0) {
      let value: unknown = 1;
      for (let depth = 0; depth < 5_000; depth += 1) value = [value];
      doc.getMap('args').set('deep/x', value);
    } else if (turn % 4 === 1)
      for (let key = 0; key < 60_000; key += 1) doc.getMap('args').set(`k${turn}-${key}/x`, key);
    else if (turn % 4 === 2) doc.getMap('args').set('long/x', 'x'.repeat(1_900_000));
    else
      for (let node = 0; node < 20_000; node += 1)
        doc.getMap('nodes').set(`n${turn}-${node}`, new Y.Map([['block', 'close']]));
  });
  return Y.encodeStateAsUpdate(doc);
}

export const attack: Attack = {
  name: 'editor: deep, wide and large updates, 8 sockets',
  run: (server, signal) => {
    const updates = [0, 1, 2, 3].map((turn) => updateMessage(widest(turn)));
    return onCollab(
      server,
      { formulaId: server.targetFormulaId, cookie: server.editorCookie, count: 8 },
      signal,
      (socket, turn) => socket.send(updates[turn % updates.length] ?? Uint8Array.of(0)),
    );
  },
};
