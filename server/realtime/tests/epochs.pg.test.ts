import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { firstClient } from '#collab/epoch.ts';
import { encodeSync, SYNC } from '#collab/messages.ts';
import { rebase as rebaseInMemory } from '#collab/rebase.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { withOrg } from '#server/db/database.ts';
import { replaceSnapshot } from '#server/db/queries/document-updates.ts';
import { createMember } from '#server/testing/people.ts';
import { openFormula, openStock, serveRealtime } from '../testing/harness.ts';
import { add, edit, formulaIn, online, period, periodIn, saved, testTabs, until } from '../testing/tabs.ts';

const tabs = testTabs();
const { open, stored, rebase, away, cookieOf } = tabs;

describe('a re-base', () => {
  it('is hardly felt by those who are there, on whichever server', async () => {
    const elsewhere = await serveRealtime(tabs.database);
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
    expect([epoch, rows, [...doc.store.clients.keys()]]).toEqual([2, 0, [firstClient(tabs.formulaId, 2)]]);
    edit(ada, period(33));
    await until(() => expect(periodIn(ben.doc)).toBe(33));
    edit(ben, { type: 'removeNode', id: 'a' });
    await until(() => expect(Object.keys(formulaIn(ada.doc).nodes)).toEqual(['price', 'fast']));
    await saved(ada);
    await saved(ben);
    await ben.destroy();
    await elsewhere.close();
  });

  it('loses nothing of what is committed while it happens [E1] [E2]', { timeout: 60_000 }, async () => {
    const elsewhere = await serveRealtime(tabs.database);
    const four = [
      await open(),
      await open(),
      await open(null, undefined, elsewhere.url),
      await open(null, undefined, elsewhere.url),
    ];
    for (const tab of four) await online(tab);
    const made: string[] = [];
    let isOver = false;
    const work = four.map(async (tab, who) => {
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
    for (const tab of four) await saved(tab);
    const nodes = Object.keys(formulaIn((await stored()).doc).nodes);
    expect(made.filter((id) => !nodes.includes(id))).toEqual([]);
    await until(() => {
      for (const tab of four) expect(formulaIn(tab.doc)).toEqual(formulaIn(four[0]?.doc ?? new Y.Doc()));
    });
    for (const tab of four) await tab.destroy();
    await elsewhere.close();
  });

  it('of which a server has not heard is found out when that one appends: it is refused, and made once more', async () => {
    const ada = await open();
    await online(ada);
    // Nothing is announced: as if the line to Postgres were cut for a while.
    const fresh = rebaseInMemory((await stored()).doc, { epoch: 2, client: firstClient(tabs.formulaId, 2) });
    await withOrg(tabs.db, tabs.orgId, (tx) =>
      replaceSnapshot(tx, tabs.formulaId, {
        sequence: 1,
        epoch: 2,
        state: Y.encodeStateAsUpdate(fresh),
        clients: 1,
        dead: 0,
      }),
    );
    const old = ada.doc;
    edit(ada, period(55));
    await until(() => expect(ada.doc).not.toBe(old));
    await saved(ada);
    expect(periodIn((await stored()).doc)).toBe(55);
  });

  it('is no hindrance to server code that edits at that moment', async () => {
    const ada = await open();
    await online(ada);
    const actor = { userId: (await createMember(tabs.db, tabs.orgId, 'editor')).userId, orgId: tabs.orgId };
    const edits = Array.from({ length: 10 }, (_, i) =>
      tabs.server.realtime.applyEdits(tabs.formulaId, actor, [add(`s${i}`)]),
    );
    await rebase();
    await Promise.all(edits);
    await tabs.server.realtime.applyEdits(tabs.formulaId, actor, [add('last')]);
    expect(Object.keys(formulaIn((await stored()).doc).nodes)).toHaveLength(13);
    await until(() => expect(Object.keys(formulaIn(ada.doc).nodes)).toHaveLength(13));
  });
});

describe('a client of an older epoch', () => {
  it('of the stock kind is closed for good, and changes nothing [E3]', async () => {
    const provider = openStock(tabs.server.url, tabs.formulaId, await cookieOf());
    const { connection } = openFormula(tabs.server.url, tabs.formulaId, await cookieOf());
    tabs.closeLater(provider);
    tabs.closeLater(connection);
    await until(() => expect(provider.synced).toBe(true));
    writeEdits(provider.doc, [add('removed-later')], null);
    await until(async () => expect(formulaIn((await stored()).doc).nodes).toHaveProperty('removed-later'));
    const closed = new Promise<number>((resolve) => provider.on('closed', ({ code }) => resolve(code)));
    const ada = await open();
    await online(ada);
    const back = await away();
    writeEdits(provider.doc, [period(99)], null);
    await rebase();
    await back();
    await online(ada);
    edit(ada, { type: 'removeNode', id: 'removed-later' }, period(50));
    await saved(ada);
    expect(await closed).toBe(4409);
    // Each client comes back in its own time.
    await until(() =>
      expect(connection.getStatus()).toMatchObject({
        connection: 'offline',
        canEdit: false,
        refusal: { code: 'EPOCH' },
      }),
    );
    const fresh = openStock(tabs.server.url, tabs.formulaId, await cookieOf());
    tabs.closeLater(fresh);
    await until(() => expect(fresh.synced).toBe(true));
    expect(formulaIn(fresh.doc)).toEqual(formulaIn(ada.doc));
    expect([periodIn(fresh.doc), Object.keys(formulaIn(fresh.doc).nodes)]).toEqual([50, ['price', 'fast']]);
    writeEdits(fresh.doc, [period(51)], null);
    await until(() => expect(periodIn(ada.doc)).toBe(51));
  });

  it('is closed too when it has the document open, and when it says nothing of what it has [E4]', async () => {
    const cookie = await cookieOf();
    const provider = openStock(tabs.server.url, tabs.formulaId, cookie);
    tabs.closeLater(provider);
    await until(() => expect(provider.synced).toBe(true));
    const closed = new Promise<number>((resolve) => provider.on('closed', ({ code }) => resolve(code)));
    await rebase();
    expect(await closed).toBe(4409);
    // As one whose own store is read only after the first step: the old document comes as a change.
    writeEdits(provider.doc, [period(99), add('old')], null);
    for (const message of [
      Y.encodeStateAsUpdate(provider.doc),
      Y.encodeStateAsUpdate(provider.doc, Y.encodeStateVector((await stored()).doc)),
    ]) {
      const socket = new WebSocket(`${tabs.server.url}/${tabs.formulaId}`, { headers: { cookie } });
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
