import * as encoding from 'lib0/encoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { encodeSync, SYNC } from '#collab/messages.ts';
import type { Database } from '#server/db/database.ts';
import type { DatabaseUrls } from '#server/db/urls.ts';
import { signIn, socketWith, storeDocument } from '#server/realtime/testing/harness.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { HocuspocusProvider } from '../peers/hocuspocus-provider.mjs';
import { hold, type Contender, type Replica } from './contender.ts';
import { openLine } from './line.ts';

function openStock(url: string, room: string, headers: Record<string, string>): Promise<Replica> {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(url, room, doc, { WebSocketPolyfill: socketWith(headers), disableBc: true });
  const close = (): void => {
    provider.destroy();
    doc.destroy();
  };
  return new Promise((resolve) => provider.on('sync', (isSynced) => isSynced && resolve({ doc, close })));
}

/** A server that keeps documents only while somebody has them open: somebody stays in each room. */
async function fillRoom(open: (room: string) => Promise<Replica>, state: Uint8Array): Promise<string> {
  const room = crypto.randomUUID();
  const { doc } = await open(room);
  Y.applyUpdate(doc, state);
  return room;
}

export async function alphaloom(db: Database, urls: DatabaseUrls, port: number): Promise<Contender> {
  const held = await hold('hold-alphaloom.ts', port, JSON.stringify(urls));
  const url = `ws://127.0.0.1:${port}/collab`;
  const orgId = await createOrganisation(db);
  const cookie = await signIn(db, await createMember(db, orgId, 'editor'));
  return {
    ...held,
    name: 'Alphaloom, each edit committed',
    createRoom: (state) => storeDocument(db, orgId, state),
    open: (room) => openStock(url, room, { cookie }),
    write: async (room) => {
      const line = await openLine(`${url}/${room}`, { cookie });
      return { ...line, send: (update) => line.send(encodeSync(SYNC.update, update)) };
    },
  };
}

export async function yWebsocket(port: number): Promise<Contender> {
  const held = await hold('hold-y-websocket.ts', port, '');
  const url = `ws://127.0.0.1:${port}`;
  const open = (room: string): Promise<Replica> => openStock(url, room, {});
  return {
    ...held,
    name: '@y/websocket-server, in memory',
    createRoom: (state) => fillRoom(open, state),
    open,
    write: async (room) => {
      const line = await openLine(`${url}/${room}`, {});
      return { ...line, send: (update) => line.send(encodeSync(SYNC.update, update)) };
    },
  };
}

export async function hocuspocus(databaseUrl: string, port: number): Promise<Contender> {
  const held = await hold('hold-hocuspocus.ts', port, databaseUrl);
  const url = `ws://127.0.0.1:${port}`;
  const open = (room: string): Promise<Replica> => {
    const document = new Y.Doc();
    return new Promise((resolve) => {
      const provider = new HocuspocusProvider({
        url,
        name: room,
        document,
        onSynced: () =>
          resolve({
            doc: document,
            close: () => {
              provider.destroy();
              document.destroy();
            },
          }),
      });
    });
  };
  return {
    ...held,
    name: '@hocuspocus/server, stored later',
    createRoom: (state) => fillRoom(open, state),
    open,
    write: async (room) => {
      const line = await openLine(url, {});
      // Its messages begin with the document's name; the first one is the token.
      const message = (type: number, write: (encoder: encoding.Encoder) => void): Uint8Array => {
        const encoder = encoding.createEncoder();
        encoding.writeVarString(encoder, room);
        encoding.writeVarUint(encoder, type);
        write(encoder);
        return encoding.toUint8Array(encoder);
      };
      line.send(
        message(2, (encoder) => {
          encoding.writeVarUint(encoder, 0);
          encoding.writeVarString(encoder, '');
        }),
      );
      return {
        ...line,
        send: (update) =>
          line.send(
            message(0, (encoder) => {
              encoding.writeVarUint(encoder, SYNC.update);
              encoding.writeVarUint8Array(encoder, update);
            }),
          ),
      };
    },
  };
}
