import type { Attack } from '../attack.ts';
import { onCollab, question } from '../collab.ts';

export const attack: Attack = {
  name: 'viewer: asks for the shared formula without a pause, 31 sockets',
  run: (server, signal) =>
    onCollab(
      server,
      { formulaId: server.sharedFormulaId, cookie: server.viewerCookie, count: 31 },
      signal,
      (socket) => {
        for (let times = 0; times < 200; times += 1) socket.send(question());
      },
    ),
};
