import { writeVarUint8Array } from 'lib0/encoding';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { encodeMessage, MESSAGE } from '#collab/messages.ts';
import type { Attack } from '../attack.ts';
import { onCollab } from '../collab.ts';

export const attack: Attack = {
  name: 'viewer: 8 KB of presence and questions for all of it, 31 sockets, the shared formula',
  run: async (server, signal) => {
    const awareness = Array.from({ length: 31 }, () => new Awareness(new Y.Doc()));
    let next = 0;
    const own = new WeakMap<object, Awareness>();
    await onCollab(
      server,
      { formulaId: server.sharedFormulaId, cookie: server.viewerCookie, count: 31 },
      signal,
      (socket, turn) => {
        const mine = own.get(socket) ?? awareness[next++ % awareness.length] ?? new Awareness(new Y.Doc());
        own.set(socket, mine);
        mine.setLocalState({ turn, text: 'x'.repeat(7_800) });
        const shown = encodeAwarenessUpdate(mine, [mine.clientID]);
        socket.send(encodeMessage(MESSAGE.awareness, (encoder) => writeVarUint8Array(encoder, shown)));
        for (let times = 0; times < 50; times += 1) socket.send(encodeMessage(MESSAGE.queryAwareness, () => undefined));
      },
    );
    for (const one of awareness) one.destroy();
  },
};
