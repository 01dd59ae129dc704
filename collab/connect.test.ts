import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { connectFormula, type FormulaConnection } from './connect.ts';
import { encodeAccess, encodeEpoch, encodeSync, SYNC } from './messages.ts';

let server: WebSocketServer;
let connection: FormulaConnection | undefined;
beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
});
afterEach(() => {
  connection?.destroy();
  server.close();
});

/** The state of a document in which somebody has written `word`. */
function stateWith(word: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap('names').set('a', word);
  return Y.encodeStateAsUpdate(doc);
}

test('who is sent another epoch than it has reads nothing more on that connection, and says so once [E5]', async () => {
  // All in one piece, as a server may send it before it hears that the line is cut.
  server.on('connection', (socket) => {
    for (const message of [encodeEpoch(2), encodeAccess(true), encodeSync(SYNC.step2, stateWith('new'))])
      socket.send(message);
  });
  const heard: string[] = [];
  const doc = new Y.Doc();
  Y.applyUpdate(doc, stateWith('old'));
  const { port } = server.address() as AddressInfo;
  const cut = once(server, 'connection').then(([socket]: WebSocket[]) => socket && once(socket, 'close'));
  connection = connectFormula({
    url: `ws://127.0.0.1:${port}`,
    formulaId: 'f',
    doc,
    known: { epoch: 1, canEdit: true, unsaved: [] },
    socket: WebSocket as unknown as typeof globalThis.WebSocket,
    listener: {
      begin: () => heard.push('begin'),
      outdated: () => heard.push('outdated'),
      committed: () => heard.push('committed'),
      made: () => heard.push('made'),
      confirmed: () => heard.push('confirmed'),
      ended: () => heard.push('ended'),
      allowed: () => heard.push('allowed'),
    },
  });
  await cut;
  expect(heard).toEqual(['outdated']);
  expect(doc.getMap('names').get('a')).toBe('old');
  expect(connection.getStatus()).toMatchObject({ connection: 'offline' });
});
