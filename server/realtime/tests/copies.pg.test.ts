import { describe, expect, it } from 'vitest';
import { MemoryStore } from '#collab/testing/memory-store.ts';
import { readStored } from '#server/compute/formula/read-stored.ts';
import { asSystem } from '#server/db/database.ts';
import { memberships } from '#server/db/schema/index.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { signIn } from '../testing/harness.ts';
import { add, edit, formulaIn, online, period, periodIn, saved, testTabs, until } from '../testing/tabs.ts';

const tabs = testTabs();
const { open, stored, away, cookieOf } = tabs;

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
    expect(await store.read(tabs.formulaId)).toMatchObject([{ epoch: 1, canEdit: true, own: [] }]);
  });

  it('whose copy is damaged says so, and loses no change that can be read', async () => {
    const cookie = await cookieOf();
    for (const [which, value] of [
      ['committed', 33],
      ['own', 34],
    ] as const) {
      const store = new MemoryStore();
      const tab = await open(store, cookie);
      await online(tab);
      const back = await away();
      edit(tab, add(`of-${which}`));
      edit(tab, period(value));
      await tab.destroy();
      const [copy] = await store.read(tabs.formulaId);
      const [row] = copy?.[which] ?? [];
      await store.write(tabs.formulaId, [
        { type: 'remove', epoch: 1, ids: [row?.id ?? ''] },
        { type: 'add', epoch: 1, kind: which, row: { id: row?.id ?? '', bytes: Uint8Array.of(255, 255, 255, 255, 1) } },
      ]);
      await back();
      const returned = await open(store, cookie);
      expect(returned.getStatus()).toMatchObject({ damaged: which === 'own' ? 1 : 0 });
      await online(returned);
      // The change builds on the damaged one: it is by the same browser.
      await until(async () => expect(periodIn((await stored()).doc)).toBe(value));
      await saved(returned);
      expect(Object.keys(formulaIn((await stored()).doc).nodes).includes(`of-${which}`)).toBe(which === 'committed');
      await returned.destroy();
      expect(await store.read(tabs.formulaId)).toMatchObject([{ own: [] }]);
    }
  });

  it('that is open takes over what another has left, once there is a connection', async () => {
    const [store, cookie] = [new MemoryStore(), await cookieOf()];
    const [one, two] = [await open(store, cookie), await open(store, cookie)];
    await online(one);
    await online(two);
    const back = await away();
    edit(one, period(20));
    edit(one, add('of-one'), { type: 'setName', id: 'of-one', name: 'first' });
    edit(two, add('of-two'));
    await one.destroy();
    await back();
    await saved(two);
    await until(async () =>
      expect(formulaIn((await stored()).doc).nodes).toMatchObject({
        fast: { args: { timePeriod: 20 } },
        'of-one': { name: 'first' },
        'of-two': {},
      }),
    );
    await saved(two);
    await two.destroy();
    expect(await store.read(tabs.formulaId)).toMatchObject([{ own: [] }]);
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
    for (let i = 1; i <= 300; i++) {
      edit(ada, period(i));
      if (i % 10 === 0) await until(() => expect(periodIn(tab.doc)).toBe(i));
    }
    await saved(ada);
    await until(() => expect(periodIn(tab.doc)).toBe(300));
    await tab.destroy();
    const [copy] = await store.read(tabs.formulaId);
    expect(copy?.committed.length).toBeLessThanOrEqual(201);
    expect(periodIn(readStored({ updates: copy?.committed.map(({ bytes }) => bytes) ?? [] }))).toBe(300);
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
    await until(() =>
      expect(again.getStatus()).toMatchObject({ connection: 'online', saved: 'offline', canEdit: false, unsaved: 1 }),
    );
    expect(periodIn(again.doc)).toBe(99);
    again.discard();
    await until(() => expect(again.getStatus()).toMatchObject({ connection: 'online', unsaved: 0 }));
    expect(again.getStatus()).not.toHaveProperty('refusal');
    expect(periodIn(again.doc)).toBe(10);
    await again.destroy();
    expect(await store.read(tabs.formulaId)).toMatchObject([{ own: [] }]);
  });

  it('forgets a formula that is gone, but not one of another organisation of the person', async () => {
    const store = new MemoryStore();
    const actor = await createMember(tabs.db, tabs.orgId, 'editor');
    const tab = await open(store, await signIn(tabs.db, actor));
    await online(tab);
    await tab.destroy();
    const other = await createOrganisation(tabs.db);
    await asSystem(tabs.db, (tx) =>
      tx.insert(memberships).values({ orgId: other, userId: actor.userId, role: 'editor' }),
    );
    const elsewhere = await open(store, await signIn(tabs.db, { ...actor, orgId: other }));
    await until(() => expect(elsewhere.getStatus().refusal).toMatchObject({ code: 'FORBIDDEN' }));
    await elsewhere.destroy();
    expect(await store.read(tabs.formulaId)).toHaveLength(1);
    await asSystem(tabs.db, (tx) => tx.execute(`delete from formulas where id = '${tabs.formulaId}'`));
    const gone = await open(store, await signIn(tabs.db, actor));
    await until(() => expect(gone.getStatus().refusal).toMatchObject({ code: 'NOT_FOUND' }));
    await gone.destroy();
    expect(await store.read(tabs.formulaId)).toEqual([]);
  });
});
