import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { BOUNDS } from '#collab/bounds.ts';
import { encodeSync, MESSAGE, SYNC } from '#collab/messages.ts';
import { piecesIn } from '#collab/rebase.ts';
import { idOf, type FormulaId, type OrgId } from '#core/requests/ids.ts';
import { withOrg } from '#server/db/database.ts';
import { loadDocument } from '#server/db/queries/documents.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { memoryOf } from '../documents/document-memory.ts';
import type { Limits } from '../limits.ts';
import { createFormula, openTab, serveRealtime, signIn, storeDocument, type TestServer } from '../testing/harness.ts';
import { edit, formulaIn, online, period, periodIn, saved, until } from '../testing/tabs.ts';

let database: TestDatabase;
let server: TestServer;
const opened: { terminate(): void }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => void (opened.length = 0));
afterEach(async () => {
  for (const socket of opened) socket.terminate();
  await server.close();
});

const serve = async (limits: Partial<Limits> = {}): Promise<void> => {
  server = await serveRealtime(database, limits);
};
const organisation = async (role: 'viewer' | 'editor' = 'editor') => {
  const orgId = await createOrganisation(database.db);
  return { orgId, cookie: await signIn(database.db, await createMember(database.db, orgId, role)) };
};

/** Resolves with what the server says first: that the document is open, or why it is not. */
function open(formulaId: FormulaId, cookie: string): Promise<{ socket: WebSocket; said: string }> {
  const socket = new WebSocket(`${server.url}/${formulaId}?extra=1`, { headers: { cookie } });
  opened.push(socket);
  return new Promise((resolve) => {
    socket.once('message', () => resolve({ socket, said: 'open' }));
    socket.once('close', (code, reason) => resolve({ socket, said: `${code} ${reason.toString()}` }));
    socket.on('error', () => undefined);
  });
}

/** A document of nothing but pieces, as several tabs of somebody else's client would write it. */
function filled(pieces: number, tabs = 4, name = ''): Uint8Array[] {
  return Array.from({ length: tabs }, (_, tab) => {
    const doc = new Y.Doc();
    doc.transact(() => {
      for (let i = 0; i < pieces / tabs; i += 1) doc.getMap('args').set(`${name}${tab}-${i}/x`, i);
    });
    return Y.encodeStateAsUpdate(doc);
  });
}
const argIn = (updates: readonly Uint8Array[]): unknown => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc.getMap('args').get('a/x');
};
const stored = (orgId: OrgId, formulaId: FormulaId) =>
  withOrg(database.db, orgId, async (tx) => {
    const document = await loadDocument(tx, formulaId);
    if (!document) throw new Error('a document');
    return document;
  });

describe('the memory of documents', () => {
  it('leaves room for the documents of others, however many one organisation opens [B4]', async () => {
    await serve({ documents: 8, idleMs: 60_000 });
    const [greedy, neighbour] = [await organisation('viewer'), await organisation('viewer')];
    const said: string[] = [];
    for (let i = 0; i < 8; i += 1)
      said.push((await open(await createFormula(database.db, greedy.orgId), greedy.cookie)).said);
    expect(said.slice(0, 2)).toEqual(['open', 'open']);
    for (const refusal of said.slice(2)) expect(refusal).toMatch(/^1013 Your organisation has as many/);
    expect((await open(await createFormula(database.db, neighbour.orgId), neighbour.cookie)).said).toBe('open');
  });

  it.each([2, 5, 9])('leaves room for an honest organisation beside %i hostile ones [B4]', async (hostile) => {
    const state = Y.mergeUpdates(filled(2_000));
    const one = memoryOf({ bytes: state.length, pieces: 2_000, values: 0 });
    await serve({ memory: 10.5 * one, share: 0.6, idleMs: 60_000 });
    const refused: string[] = [];
    // In turns, until nobody gets more.
    const many = await Promise.all(Array.from({ length: hostile }, () => organisation()));
    for (let round = 0; round < 7; round += 1)
      for (const { orgId, cookie } of many) {
        const { said } = await open(await storeDocument(database.db, orgId, state), cookie);
        if (said !== 'open') refused.push(said);
      }
    expect(refused.length).toBeGreaterThan(0);
    const honest = await organisation();
    const closed: string[] = [];
    for (const socket of opened)
      if (socket instanceof WebSocket)
        socket.on('close', (code, reason) => {
          closed.push(`${code} ${reason.toString()}`);
        });
    const { socket, said } = await open(await storeDocument(database.db, honest.orgId, state), honest.cookie);
    expect(said).toBe('open');
    await until(() => expect(closed.length).toBeGreaterThan(0));
    for (const why of closed) expect(why).toMatch(/^1013 Others need room/);
    // Whoever had to give does not get it back from who has less.
    for (const { orgId, cookie } of many) await open(await storeDocument(database.db, orgId, state), cookie);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    expect(server.realtime.stats().memory).toBeLessThanOrEqual(10.5 * one);
  });

  it('takes the newest socket of who has most, where all are taken', async () => {
    await serve({ sockets: 6, share: 0.5 });
    const [a, b, honest] = [await organisation('viewer'), await organisation('viewer'), await organisation('viewer')];
    for (const { orgId, cookie } of [a, b]) {
      const formulaId = await createFormula(database.db, orgId);
      for (let i = 0; i < 3; i += 1) expect((await open(formulaId, cookie)).said).toBe('open');
    }
    const formulaId = await createFormula(database.db, honest.orgId);
    expect((await open(formulaId, honest.cookie)).said).toBe('open');
    expect((await open(formulaId, honest.cookie)).said).toBe('open');
    expect((await open(formulaId, honest.cookie)).said).toMatch(/^1013 The server is full/);
  });

  it('leaves room for the sockets of others', async () => {
    await serve({ sockets: 8 });
    const [greedy, neighbour] = [await organisation('viewer'), await organisation('viewer')];
    const formulaId = await createFormula(database.db, greedy.orgId);
    const said: string[] = [];
    for (let i = 0; i < 4; i += 1) said.push((await open(formulaId, greedy.cookie)).said);
    expect(said.map((one) => one.slice(0, 4))).toEqual(['open', 'open', '1013', '1013']);
    expect((await open(await createFormula(database.db, neighbour.orgId), neighbour.cookie)).said).toBe('open');
  });

  it('is bounded for one organisation by bytes: what nobody has open goes first, then it is said [B4]', async () => {
    const state = Y.mergeUpdates(filled(2_000));
    const one = memoryOf({ bytes: state.length, pieces: 2_000, values: 0 });
    await serve({ memory: 10 * one, share: 0.25, idleMs: 60_000 });
    const [greedy, neighbour] = [await organisation(), await organisation()];
    const ids = await Promise.all(Array.from({ length: 6 }, () => storeDocument(database.db, greedy.orgId, state)));
    const sockets: WebSocket[] = [];
    // Each left again: the memory goes round.
    for (const id of ids) {
      const { socket, said } = await open(id, greedy.cookie);
      expect(said).toBe('open');
      socket.close();
      await until(() => expect(server.realtime.stats().rooms).toBe(0));
    }
    expect(server.realtime.stats().documents).toBe(2);
    for (const id of ids.slice(0, 2)) sockets.push((await open(id, greedy.cookie)).socket);
    expect((await open(idOf('formula', ids[2] ?? ''), greedy.cookie)).said).toMatch(/^1013 Your organisation .* large/);
    expect(server.realtime.stats().memory).toBeLessThanOrEqual(2.5 * one);
    expect((await open(await createFormula(database.db, neighbour.orgId), neighbour.cookie)).said).toBe('open');
    // Room is there again as soon as somebody leaves.
    sockets[0]?.close();
    await until(async () => expect((await open(idOf('formula', ids[2] ?? ''), greedy.cookie)).said).toBe('open'));
  });

  it('is not filled by writing either: what does not fit is refused in words, and what is open goes on', async () => {
    const one = memoryOf({ bytes: 40_000, pieces: 2_000, values: 0 });
    await serve({ memory: 4 * one, share: 0.5 });
    const { orgId, cookie } = await organisation();
    for (let i = 0; i < 5; i += 1) {
      const { socket } = await open(await createFormula(database.db, orgId), cookie);
      for (const update of filled(1_000, 1, `${i}`)) socket.send(encodeSync(SYNC.update, update));
      const answer = await new Promise<Buffer>((resolve) =>
        socket.on('message', (data: Buffer) => {
          if (data[0] === MESSAGE.refused || data[0] === MESSAGE.saved) resolve(data);
        }),
      );
      if (i === 0) expect(answer[0]).toBe(MESSAGE.saved);
      if (i === 4) expect(answer.toString()).toContain('Your organisation has as many, or as large strategies open');
    }
    expect(server.realtime.stats().memory).toBeLessThanOrEqual(2 * one);
  });

  it('is estimated as what V8 takes, to a third', async () => {
    await serve();
    const { orgId, cookie } = await organisation();
    const state = Y.mergeUpdates(filled(20_000, 20));
    await open(await storeDocument(database.db, orgId, state), cookie);
    const { memory } = server.realtime.stats();
    // 457 bytes a piece with Node 24.
    expect(memory / (20_000 * 457)).toBeGreaterThan(1);
    expect(memory / (20_000 * 457)).toBeLessThan(1.34);
  });
});

describe('loading [A4]', () => {
  it('is paid for by its size before it is done, by the person, and what is in memory costs nothing more', async () => {
    await serve({ ratePerPerson: 1, burstPerPerson: 40, longestDebtMs: 1_000, loadedBytesPerToken: 1_000 });
    const { orgId, cookie } = await organisation('viewer');
    const state = Y.mergeUpdates(filled(4_000));
    expect(state.length).toBeGreaterThan(45_000);
    const ids = await Promise.all([0, 1, 2].map(() => storeDocument(database.db, orgId, state)));
    expect((await open(idOf('formula', ids[0] ?? ''), cookie)).said).toBe('open');
    expect((await open(idOf('formula', ids[1] ?? ''), cookie)).said).toBe(
      '1013 Too many large strategies were opened in a short time. Try again in a moment.',
    );
    expect(server.realtime.stats().documents).toBe(1);
    expect((await open(idOf('formula', ids[0] ?? ''), cookie)).said).toBe('open');
    const colleague = await signIn(database.db, await createMember(database.db, orgId, 'viewer'));
    expect((await open(idOf('formula', ids[1] ?? ''), colleague)).said).toBe('open');
  });

  it('of what nobody of ours can write is not done: the document is set aside (A2, D6)', async () => {
    await serve();
    const { orgId, cookie } = await organisation('viewer');
    const state = Y.mergeUpdates(filled(BOUNDS.piecesToOpen + 40, 40));
    const id = await storeDocument(database.db, orgId, state);
    expect((await open(id, cookie)).said).toMatch(/^4422 /);
    expect(server.realtime.stats()).toMatchObject({ documents: 0, memory: 0 });
  });
});

describe('a document', () => {
  it('never has more pieces than can be opened, whatever an editor sends [D6]', async () => {
    await serve({ rate: 1e6, burst: 1e6, ratePerPerson: 1e6, burstPerPerson: 1e6, ratePerOrganisation: 1e6 });
    const { orgId, cookie } = await organisation();
    const id = await createFormula(database.db, orgId);
    const { socket } = await open(id, cookie);
    const refused: string[] = [];
    let savedUp = 0;
    socket.on('message', (data: Buffer) => {
      if (data[0] === MESSAGE.refused) refused.push(data.toString());
      if (data[0] === MESSAGE.saved) savedUp = data[1] ?? 0;
    });
    for (let i = 0; i < 5; i += 1)
      for (const update of filled(20_000, 1, `u${i}-`)) socket.send(encodeSync(SYNC.update, update));
    await until(() => expect(savedUp).toBe(5));
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(refused[0]).toContain('as many pieces as they may');
    const doc = new Y.Doc();
    Y.applyUpdate(doc, await server.realtime.snapshot(id));
    expect(piecesIn(doc)).toBeLessThanOrEqual(BOUNDS.piecesInDocument);
  });

  it('of which much is history is re-based by itself, and whoever types in it goes on typing', async () => {
    await serve({ piecesToRebase: 200, piecesToLookAgain: 50 });
    const { orgId, cookie } = await organisation();
    const formulaId = await createFormula(database.db, orgId);
    const tab = await openTab(server.url, formulaId, cookie, null);
    opened.push({ terminate: () => void tab.destroy() });
    await online(tab);
    // Of two registers in turn, so that what was overwritten is not one piece.
    for (let i = 0; i < 400; i += 1) edit(tab, period(i), { type: 'setName', id: 'price', name: `p${i}` });
    await until(async () => expect((await stored(orgId, formulaId)).epoch).toBe(2));
    await online(tab);
    edit(tab, period(1234));
    await saved(tab);
    const after = await stored(orgId, formulaId);
    expect(after.epoch).toBe(2);
    await until(() => expect(periodIn(tab.doc)).toBe(1234));
    expect(formulaIn(tab.doc).nodes['price']?.name).toBe('p399');
    expect(piecesIn(tab.doc)).toBeLessThan(200);
  });

  it('is compacted by what was written, not by how often: rows never weigh more than can be opened', async () => {
    await serve({ piecesToCompact: 1_000 });
    const { orgId, cookie } = await organisation();
    const formulaId = await createFormula(database.db, orgId);
    const { socket } = await open(formulaId, cookie);
    const doc = new Y.Doc();
    const overwrites: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => overwrites.push(update));
    for (let i = 0; i < 1_500; i += 1) doc.getMap('args').set('a/x', i);
    // Overwrites of one register are many pieces in a row, and few in memory.
    const row = Y.mergeUpdates(overwrites);
    expect(Y.decodeUpdate(row).structs).toHaveLength(1_500);
    socket.send(encodeSync(SYNC.update, row));
    await until(async () => {
      const { updates, weight } = await stored(orgId, formulaId);
      expect(updates).toHaveLength(1);
      expect(argIn(updates)).toBe(1_499);
      expect(weight.pieces).toBeLessThan(100);
    });
  });
});
