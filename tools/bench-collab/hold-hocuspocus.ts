import postgres from 'postgres';
import * as Y from 'yjs';
import { Server } from '../peers/hocuspocus-server.mjs';
import { answerMemory } from './answer-memory.ts';

// Hocuspocus as its guide has it: the document is stored in the database some seconds after an edit, and confirmed
// before.
const [, , port = '0', url = ''] = process.argv;
const sql = postgres(url);
await sql`create table if not exists hocuspocus (name text primary key, data bytea not null)`;
const server = new Server({
  quiet: true,
  stopOnSignals: false,
  async onLoadDocument({ documentName, document }) {
    const [row] = await sql<{ data: Uint8Array }[]>`select data from hocuspocus where name = ${documentName}`;
    if (row) Y.applyUpdate(document, row.data);
  },
  async onStoreDocument({ documentName, document }) {
    const data = Buffer.from(Y.encodeStateAsUpdate(document));
    await sql`insert into hocuspocus values (${documentName}, ${data}) on conflict (name) do update set data = excluded.data`;
  },
});
await server.listen(Number(port));
answerMemory();
