import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { applyEdits } from '#collab/apply-edits.ts';
import type { LostNode } from '#collab/carry-over.ts';
import type { CopyStore } from '#collab/copy/store.ts';
import { firstClient } from '#collab/epoch.ts';
import { encodeSync, SYNC } from '#collab/messages.ts';
import { rebase as rebaseInMemory } from '#collab/rebase.ts';
import type { Replica } from '#collab/replica.ts';
import { MemoryStore } from '#collab/testing/memory-store.ts';
import { toFormula } from '#collab/to-formula.ts';
import type { Edit } from '#core/formula/edit.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { loadDocument } from '#server/db/queries/documents.ts';
import { replaceSnapshot } from '#server/db/queries/document-updates.ts';
import { memberships } from '#server/db/schema/index.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { compactDocument } from '#server/use-cases/document/compact-document.ts';
import { readStored } from '#server/use-cases/document/read-stored.ts';
import { createFormula, openFormula, openStock, openTab, ORIGIN, rebaseFormula, serveRealtime, signIn, type TestServer } from './testing/harness.ts';

let database: TestDatabase;
let server: TestServer;
let orgId: string;
let formulaId: string;
const opened: { destroy(): unknown }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  orgId = await createOrganisation(database.db);
});
afterAll(() => database.close());
beforeEach(async () => {
  server = await serveRealtime(database);
  formulaId = await createFormula(database.db, orgId);
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.destroy();
  await server.close();
});

const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 15_000, interval: 5 });
const cookieOf = async (role: 'editor' | 'viewer' = 'editor'): Promise<string> => signIn(database.db, await createMember(database.db, orgId, role));

async function open(store: CopyStore | null = null, cookie?: string, url = server.url): Promise<Replica> {
  const tab = await openTab(url, formulaId, cookie ?? (await cookieOf()), store);
  opened.push(tab);
  return tab;
}
const online = (tab: Replica): Promise<void> => until(() => expect(tab.getStatus()).toMatchObject({ connection: 'online', canEdit: true }));
const saved = (tab: Replica): Promise<void> => until(() => expect(tab.getStatus()).toMatchObject({ saved: 'saved', unsaved: 0 }));
const edit = (tab: Replica, ...edits: Edit[]): void => applyEdits(tab.doc, edits, ORIGIN);
const period = (arg: number): Edit => ({ type: 'setArg', id: 'fast', port: 'timePeriod', arg });
const add = (id: string): Edit => ({ type: 'addNode', id, node: { block: 'sma', args: { timePeriod: 3 } } });
const formulaIn = (doc: Y.Doc) => toFormula(doc).formula;
const periodIn = (doc: Y.Doc): unknown => formulaIn(doc).nodes['fast']?.args['timePeriod'];
const rebase = (): Promise<number | null> => rebaseFormula(database.db, orgId, formulaId);

const stored = () =>
  withOrg(database.db, orgId, async (tx) => {
    const document = await loadDocument(tx, formulaId);
    if (!document) throw new Error('a document');
    return { epoch: document.epoch, rows: document.updates.length - 1, doc: readStored(document) };
  });

/** Stops the server; what comes back is on the same port. */
async function away(): Promise<() => Promise<void>> {
  const port = Number(new URL(server.url).port);
  await server.close();
  return async () => {
    server = await serveRealtime(database, {}, port);
  };
}

describe('a tab', () => {
  it('that is closed with unsaved changes has them when it is opened again, and saves them', async () => {
    const store = new MemoryStore();
    const cookie = await cookieOf();
    const tab = await open(store, cookie);
    await online(tab);
    edit(tab, period(20));
    await saved(tab);
    const back = await away();
    edit(tab, period(21));
    edit(tab, add('n'));
    expect(tab.getStatus()).toMatchObject({ saved: 'offline', unsaved: 2, kept: 'browser' });
    await tab.destroy();

    const offline = await open(store, cookie);
    expect(offline.getStatus()).toMatchObject({ saved: 'offline', unsaved: 2, canEdit: true });
    expect([periodIn(offline.doc), Object.keys(formulaIn(offline.doc).nodes)]).toEqual([21, ['price', 'fast', 'n']]);
    edit(offline, { type: 'setName', id: 'n', name: 'new' });
    expect(offline.getStatus().unsaved).toBe(3);
    await offline.destroy();

    await back();
    const returned = await open(store, cookie);
    expect(returned.getStatus().unsaved).toBe(3);
    await saved(returned);
    const { doc } = await stored();
    expect(formulaIn(doc).nodes).toMatchObject({ fast: { args: { timePeriod: 21 } }, n: { name: 'new' } });
    await returned.destroy();
    expect(await store.read(formulaId)).toMatchObject([{ epoch: 1, canEdit: true, own: [] }]);
  });

  it('shows what colleagues did before the line was lost, and what this person may do', async () => {
    const store = new MemoryStore();
    const cookie = await cookieOf('viewer');
    const [vera, ada] = [await open(store, cookie), await open()];
    await online(ada);
    await until(() => expect(vera.getStatus()).toMatchObject({ connection: 'online', canEdit: false }));
    edit(ada, period(30));
    await until(() => expect(periodIn(vera.doc)).toBe(30));
    await vera.destroy();
    const back = await away();
    const offline = await open(store, cookie);
    expect([periodIn(offline.doc), offline.getStatus().canEdit]).toEqual([30, false]);
    await back();
  });

  it('keeps little, however much happens', async () => {
    const store = new MemoryStore();
    const [tab, ada] = [await open(store), await open()];
    await online(tab);
    await online(ada);
    for (let i = 1; i <= 450; i++) {
      edit(ada, period(i));
      if (i % 10 === 0) await until(() => expect(periodIn(tab.doc)).toBe(i));
    }
    await saved(ada);
    await until(() => expect(periodIn(tab.doc)).toBe(450));
    await tab.destroy();
    const [copy] = await store.read(formulaId);
    expect(copy?.committed.length).toBeLessThanOrEqual(201);
    expect(periodIn(readStored({ updates: copy?.committed.map(({ bytes }) => bytes) ?? [] }))).toBe(450);
  });

  it('works where nothing can be kept, and says that changes are kept in the tab alone', async () => {
    const tab = await open();
    await online(tab);
    edit(tab, period(40));
    await saved(tab);
    expect(tab.getStatus().kept).toBe('tab');
  });

  it('gives up what the server does not take, when the person says so', async () => {
    const [store, cookie] = [new MemoryStore(), await cookieOf('viewer')];
    const vera = await open(store, cookie);
    await until(() => expect(vera.getStatus().connection).toBe('online'));
    edit(vera, period(99));
    await until(() => expect(vera.getStatus()).toMatchObject({ unsaved: 1, refusal: { code: 'FORBIDDEN' } }));
    await vera.destroy();
    const again = await open(store, cookie);
    // Nobody asks a viewer for more, so nothing is refused either.
    await until(() => expect(again.getStatus()).toMatchObject({ connection: 'online', saved: 'offline', canEdit: false, unsaved: 1 }));
    expect(periodIn(again.doc)).toBe(99);
    again.discard();
    await until(() => expect(again.getStatus()).toMatchObject({ connection: 'online', unsaved: 0 }));
    expect(again.getStatus()).not.toHaveProperty('refusal');
    expect(periodIn(again.doc)).toBe(10);
    await again.destroy();
    expect(await store.read(formulaId)).toMatchObject([{ own: [] }]);
  });

  it('forgets a formula that is gone, but not one of another organisation of the person', async () => {
    const store = new MemoryStore();
    const actor = await createMember(database.db, orgId, 'editor');
    const tab = await open(store, await signIn(database.db, actor));
    await online(tab);
    await tab.destroy();
    const other = await createOrganisation(database.db);
    await asSystem(database.db, (tx) => tx.insert(memberships).values({ orgId: other, userId: actor.userId, role: 'editor' }));
    const elsewhere = await open(store, await signIn(database.db, { ...actor, orgId: other }));
    await until(() => expect(elsewhere.getStatus().refusal).toMatchObject({ code: 'FORBIDDEN' }));
    await elsewhere.destroy();
    expect(await store.read(formulaId)).toHaveLength(1);
    await asSystem(database.db, (tx) => tx.execute(`delete from formulas where id = '${formulaId}'`));
    const gone = await open(store, await signIn(database.db, actor));
    await until(() => expect(gone.getStatus().refusal).toMatchObject({ code: 'NOT_FOUND' }));
    await gone.destroy();
    expect(await store.read(formulaId)).toEqual([]);
  });
});

describe('a re-base', () => {
  it('is hardly felt by those who are there, on whichever server', async () => {
    const elsewhere = await serveRealtime(database);
    const [ada, ben] = [await open(), await open(null, undefined, elsewhere.url)];
    await online(ada);
    await online(ben);
    edit(ada, add('a'), period(20));
    edit(ben, add('b'));
    edit(ben, { type: 'removeNode', id: 'b' });
    await saved(ada);
    await saved(ben);
    await until(() => expect(formulaIn(ada.doc)).toEqual(formulaIn(ben.doc)));
    const before = formulaIn(ada.doc);
    const docs = [ada.doc, ben.doc];
    expect(await rebase()).toBe(2);
    await until(() => expect([ada.doc === docs[0], ben.doc === docs[1]]).toEqual([false, false]));
    expect([formulaIn(ada.doc), formulaIn(ben.doc)]).toEqual([before, before]);
    const { epoch, rows, doc } = await stored();
    expect([epoch, rows, [...doc.store.clients.keys()]]).toEqual([2, 0, [firstClient(formulaId, 2)]]);
    edit(ada, period(33));
    await until(() => expect(periodIn(ben.doc)).toBe(33));
    edit(ben, { type: 'removeNode', id: 'a' });
    await until(() => expect(Object.keys(formulaIn(ada.doc).nodes)).toEqual(['price', 'fast']));
    await saved(ada);
    await saved(ben);
    await ben.destroy();
    await elsewhere.close();
  });

  it('loses nothing of what is committed while it happens (E1, E2)', { timeout: 60_000 }, async () => {
    const elsewhere = await serveRealtime(database);
    const tabs = [await open(), await open(), await open(null, undefined, elsewhere.url), await open(null, undefined, elsewhere.url)];
    for (const tab of tabs) await online(tab);
    const made: string[] = [];
    let isOver = false;
    const work = tabs.map(async (tab, who) => {
      for (let i = 0; !isOver; i++) {
        const id = `n${who}x${i}`;
        made.push(id);
        edit(tab, add(id));
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
    });
    for (let epoch = 2; epoch <= 9; epoch++) {
      const size = made.length;
      await until(() => expect(made.length).toBeGreaterThan(size + 20));
      expect(await rebase()).toBe(epoch);
    }
    isOver = true;
    await Promise.all(work);
    for (const tab of tabs) await saved(tab);
    const nodes = Object.keys(formulaIn((await stored()).doc).nodes);
    expect(made.filter((id) => !nodes.includes(id))).toEqual([]);
    await until(() => {
      for (const tab of tabs) expect(formulaIn(tab.doc)).toEqual(formulaIn(tabs[0]?.doc ?? new Y.Doc()));
    });
    for (const tab of tabs) await tab.destroy();
    await elsewhere.close();
  });

  it('of which a server has not heard is found out when that one appends: it is refused, and made once more', async () => {
    const ada = await open();
    await online(ada);
    // Nothing is announced: as if the line to Postgres were cut for a while.
    const fresh = rebaseInMemory((await stored()).doc, { epoch: 2, client: firstClient(formulaId, 2) });
    await withOrg(database.db, orgId, (tx) => replaceSnapshot(tx, formulaId, { sequence: 1, epoch: 2, state: Y.encodeStateAsUpdate(fresh), clients: 1, dead: 0 }));
    const old = ada.doc;
    edit(ada, period(55));
    await until(() => expect(ada.doc).not.toBe(old));
    await saved(ada);
    expect(periodIn((await stored()).doc)).toBe(55);
  });

  it('is no hindrance to server code that edits at that moment', async () => {
    const ada = await open();
    await online(ada);
    const actor = { userId: (await createMember(database.db, orgId, 'editor')).userId, orgId };
    const edits = Array.from({ length: 10 }, (_, i) => server.realtime.applyEdits(formulaId, actor, [add(`s${i}`)]));
    await rebase();
    await Promise.all(edits);
    await server.realtime.applyEdits(formulaId, actor, [add('last')]);
    expect(Object.keys(formulaIn((await stored()).doc).nodes)).toHaveLength(13);
    await until(() => expect(Object.keys(formulaIn(ada.doc).nodes)).toHaveLength(13));
  });
});

describe('a tab that was asleep for a week', () => {
  /** Its changes, and what went on meanwhile. */
  async function asleep(mine: readonly Edit[], theirs: readonly Edit[]): Promise<{ tab: Replica; lost: LostNode[] }> {
    const store = new MemoryStore();
    const cookie = await cookieOf();
    const before = await open(store, cookie);
    await online(before);
    edit(before, add('mine'));
    await saved(before);
    const back = await away();
    for (const one of mine) edit(before, one);
    await before.destroy();
    await back();
    const ben = await open();
    await online(ben);
    for (const one of theirs) edit(ben, one);
    await saved(ben);
    await withOrg(database.db, orgId, (tx) => compactDocument(tx, formulaId));
    await rebase();
    await online(ben);
    edit(ben, { type: 'setComment', id: 'price', comment: 'between' });
    await saved(ben);
    await withOrg(database.db, orgId, (tx) => compactDocument(tx, formulaId));
    await rebase();
    const tab = await open(store, cookie);
    expect(tab.getStatus().unsaved).toBe(mine.length);
    const lost: LostNode[] = [];
    tab.subscribeLost((nodes) => lost.push(...nodes));
    await until(() => expect(tab.getStatus()).toMatchObject({ connection: 'online', saved: 'saved', unsaved: 0 }));
    await tab.destroy();
    expect(await store.read(formulaId)).toMatchObject([{ epoch: 3, own: [] }]);
    const again = await open(store, cookie);
    await online(again);
    return { tab: again, lost };
  }

  it('comes back with what it changed, and with what others did', async () => {
    const { tab, lost } = await asleep([period(77), add('n'), { type: 'removeNode', id: 'mine' }], [{ type: 'setName', id: 'fast', name: 'quick' }, add('theirs')]);
    expect(lost).toEqual([]);
    const { epoch, doc } = await stored();
    expect(epoch).toBe(3);
    expect(formulaIn(doc).nodes).toMatchObject({ price: { comment: 'between' }, fast: { name: 'quick', args: { timePeriod: 77, source: { from: 'price' } } }, n: {}, theirs: {} });
    expect(formulaIn(doc).nodes).not.toHaveProperty('mine');
    expect(formulaIn(tab.doc)).toEqual(formulaIn(doc));
  });

  it('does not make twice what was committed before the line broke, though it was never told so', async () => {
    const [store, cookie] = [new MemoryStore(), await cookieOf()];
    const first = await open(store, cookie);
    await online(first);
    edit(first, add('n'), { type: 'setArg', id: 'n', port: 'source', arg: { from: 'price' } });
    await saved(first);
    await first.destroy();
    const [before] = await store.read(formulaId);

    const tab = await open(store, cookie);
    await online(tab);
    const own: Uint8Array[] = [];
    tab.doc.on('update', (bytes: Uint8Array, origin: unknown) => origin === ORIGIN && own.push(bytes));
    edit(tab, period(20));
    edit(tab, { type: 'clearArg', id: 'n', port: 'source' });
    await saved(tab);
    await tab.destroy();
    // What the browser would keep if neither the commit nor its acknowledgement had reached it.
    const unaware = new MemoryStore();
    const rows = (kind: 'committed' | 'own', updates: readonly Uint8Array[]) => updates.map((bytes, i) => ({ type: 'add', epoch: 1, kind, row: { id: `${kind}${i}`, bytes } }) as const);
    await unaware.write(formulaId, [{ type: 'access', epoch: 1, canEdit: true }, ...rows('committed', before?.committed.map(({ bytes }) => bytes) ?? []), ...rows('own', own)]);
    const back = await away();
    const offline = await open(unaware, cookie);
    edit(offline, add('late'));
    expect(offline.getStatus().unsaved).toBe(3);
    await offline.destroy();

    await back();
    const ben = await open();
    await online(ben);
    edit(ben, period(50), { type: 'setArg', id: 'n', port: 'source', arg: { from: 'fast' } });
    await saved(ben);
    await rebase();
    const returned = await open(unaware, cookie);
    await saved(returned);
    const { epoch, doc } = await stored();
    expect(epoch).toBe(2);
    expect(formulaIn(doc).nodes).toMatchObject({ fast: { args: { timePeriod: 50 } }, n: { args: { source: { from: 'fast' } } }, late: {} });
  });

  it('takes along what another tab of the person has left', async () => {
    const [store, cookie] = [new MemoryStore(), await cookieOf()];
    const [one, two] = [await open(store, cookie), await open(store, cookie)];
    await online(one);
    await online(two);
    const back = await away();
    edit(one, add('of one'));
    edit(two, add('of two'), period(60));
    await rebase();
    // One is told at once; the other never comes back.
    await two.destroy();
    await back();
    await saved(one);
    expect(formulaIn((await stored()).doc).nodes).not.toHaveProperty('of two');
    await one.destroy();
    const three = await open(store, cookie);
    await until(async () => expect(formulaIn((await stored()).doc).nodes).toMatchObject({ 'of one': {}, 'of two': {}, fast: { args: { timePeriod: 60 } } }));
    await saved(three);
    await three.destroy();
    expect(await store.read(formulaId)).toMatchObject([{ epoch: 2, own: [] }]);
  });

  it('says which of its changes have no place any more, and can bring them back', async () => {
    const { tab, lost } = await asleep([period(77)], [{ type: 'removeNode', id: 'fast' }]);
    expect(lost).toMatchObject([{ id: 'fast', name: 'fast' }]);
    expect(formulaIn(tab.doc).nodes).not.toHaveProperty('fast');
    edit(tab, ...lost.flatMap(({ back }) => back));
    await saved(tab);
    expect(formulaIn((await stored()).doc).nodes).toMatchObject({ fast: { args: { timePeriod: 77, source: { from: 'price' } } } });
  });
});

describe('undo after a re-base', () => {
  it('takes back what was taken along as one step, and nothing of others', async () => {
    const [ada, ben] = [await open(), await open()];
    await online(ada);
    await online(ben);
    edit(ada, period(20));
    await saved(ada);
    const back = await away();
    edit(ada, period(30), add('n'));
    edit(ada, { type: 'setName', id: 'fast', name: 'quick' });
    await rebase();
    await back();
    await saved(ada);
    await until(() => expect(formulaIn(ben.doc)).toEqual(formulaIn(ada.doc)));
    edit(ben, { type: 'setComment', id: 'fast', comment: 'of Ben' });
    await until(() => expect(formulaIn(ada.doc).nodes['fast']?.comment).toBe('of Ben'));
    edit(ada, period(40));
    ada.undo.undo();
    expect(formulaIn(ada.doc).nodes).toMatchObject({ fast: { name: 'quick', comment: 'of Ben', args: { timePeriod: 30 } }, n: {} });
    ada.undo.undo();
    expect(formulaIn(ada.doc).nodes).toMatchObject({ fast: { name: 'fast', comment: 'of Ben', args: { timePeriod: 20 } } });
    expect(formulaIn(ada.doc).nodes).not.toHaveProperty('n');
    ada.undo.undo();
    expect(periodIn(ada.doc)).toBe(20);
    ada.undo.redo();
    await saved(ada);
    await until(() => expect(formulaIn(ben.doc)).toEqual(formulaIn(ada.doc)));
    expect(formulaIn((await stored()).doc)).toEqual(formulaIn(ada.doc));
  });
});

describe('a client of an older epoch', () => {
  it('of the stock kind is closed for good, and changes nothing (E3)', async () => {
    const provider = openStock(server.url, formulaId, await cookieOf());
    const { connection } = openFormula(server.url, formulaId, await cookieOf());
    opened.push(provider, connection);
    await until(() => expect(provider.synced).toBe(true));
    applyEdits(provider.doc, [add('removed later')], null);
    await until(async () => expect(formulaIn((await stored()).doc).nodes).toHaveProperty('removed later'));
    const closed = new Promise<number>((resolve) => provider.on('closed', ({ code }) => resolve(code)));
    const ada = await open();
    await online(ada);
    const back = await away();
    applyEdits(provider.doc, [period(99)], null);
    await rebase();
    await back();
    await online(ada);
    edit(ada, { type: 'removeNode', id: 'removed later' }, period(50));
    await saved(ada);
    expect(await closed).toBe(4409);
    expect(connection.getStatus()).toMatchObject({ connection: 'offline', canEdit: false, refusal: { code: 'EPOCH' } });
    const fresh = openStock(server.url, formulaId, await cookieOf());
    opened.push(fresh);
    await until(() => expect(fresh.synced).toBe(true));
    expect(formulaIn(fresh.doc)).toEqual(formulaIn(ada.doc));
    expect([periodIn(fresh.doc), Object.keys(formulaIn(fresh.doc).nodes)]).toEqual([50, ['price', 'fast']]);
    applyEdits(fresh.doc, [period(51)], null);
    await until(() => expect(periodIn(ada.doc)).toBe(51));
  });

  it('is closed too when it has the document open, and when it says nothing of what it has (E4)', async () => {
    const cookie = await cookieOf();
    const provider = openStock(server.url, formulaId, cookie);
    opened.push(provider);
    await until(() => expect(provider.synced).toBe(true));
    const closed = new Promise<number>((resolve) => provider.on('closed', ({ code }) => resolve(code)));
    await rebase();
    expect(await closed).toBe(4409);
    // As one whose own store is read only after the first step: the old document comes as a change.
    applyEdits(provider.doc, [period(99), add('old')], null);
    for (const message of [Y.encodeStateAsUpdate(provider.doc), Y.encodeStateAsUpdate(provider.doc, Y.encodeStateVector((await stored()).doc))]) {
      const socket = new WebSocket(`${server.url}/${formulaId}`, { headers: { cookie } });
      await new Promise((resolve) => socket.on('open', resolve));
      const code = new Promise<number>((resolve) => socket.on('close', resolve));
      socket.send(encodeSync(SYNC.step1, Uint8Array.of(0)));
      socket.send(encodeSync(SYNC.update, message));
      expect(await code).toBe(4409);
    }
    const { doc, rows } = await stored();
    expect([periodIn(doc), rows]).toEqual([10, 0]);
  });
});
