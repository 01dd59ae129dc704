import { describe, expect, it } from 'vitest';
import type { LostNode } from '#collab/carry-over.ts';
import type { Replica } from '#collab/replica.ts';
import { MemoryStore } from '#collab/testing/memory-store.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { askHere } from '#server/compute/formula-threads.ts';
import { unheard } from '#server/db/unheard.ts';
import { compactDocument } from '#server/use-cases/document/compact-document.ts';
import { ORIGIN } from '../testing/harness.ts';
import { add, edit, formulaIn, online, period, periodIn, saved, testTabs, until } from '../testing/tabs.ts';

const tabs = testTabs();
const { open, stored, rebase, away, cookieOf } = tabs;

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
    await compactDocument({
      orgId: tabs.orgId,
      formulaId: tabs.formulaId,
      formulas: askHere,
      ...unheard(tabs.db, tabs.orgId),
    });
    await rebase();
    await online(ben);
    edit(ben, { type: 'setComment', id: 'price', comment: 'between' });
    await saved(ben);
    await compactDocument({
      orgId: tabs.orgId,
      formulaId: tabs.formulaId,
      formulas: askHere,
      ...unheard(tabs.db, tabs.orgId),
    });
    await rebase();
    const tab = await open(store, cookie);
    expect(tab.getStatus().unsaved).toBe(mine.length);
    const lost: LostNode[] = [];
    tab.subscribeLost((nodes) => lost.push(...nodes));
    await until(() => expect(tab.getStatus()).toMatchObject({ connection: 'online', saved: 'saved', unsaved: 0 }));
    await tab.destroy();
    expect(await store.read(tabs.formulaId)).toMatchObject([{ epoch: 3, own: [] }]);
    const again = await open(store, cookie);
    await online(again);
    return { tab: again, lost };
  }

  it('comes back with what it changed, and with what others did [E5]', async () => {
    const { tab, lost } = await asleep(
      [period(77), add('n'), { type: 'removeNode', id: 'mine' }],
      [{ type: 'setName', id: 'fast', name: 'quick' }, add('theirs')],
    );
    expect(lost).toEqual([]);
    const { epoch, doc } = await stored();
    expect(epoch).toBe(3);
    expect(formulaIn(doc).nodes).toMatchObject({
      price: { comment: 'between' },
      fast: { name: 'quick', args: { timePeriod: 77, source: { from: 'price' } } },
      n: {},
      theirs: {},
    });
    expect(formulaIn(doc).nodes).not.toHaveProperty('mine');
    expect(formulaIn(tab.doc)).toEqual(formulaIn(doc));
  });

  it('does not make twice what was committed before the line broke, though it was never told so [E6]', async () => {
    const [store, cookie] = [new MemoryStore(), await cookieOf()];
    const first = await open(store, cookie);
    await online(first);
    edit(first, add('n'), { type: 'setArg', id: 'n', port: 'source', arg: { from: 'price' } });
    await saved(first);
    await first.destroy();
    const [before] = await store.read(tabs.formulaId);

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
    const rows = (kind: 'committed' | 'own', updates: readonly Uint8Array[]) =>
      updates.map((bytes, i) => ({ type: 'add', epoch: 1, kind, row: { id: `${kind}${i}`, bytes } }) as const);
    await unaware.write(tabs.formulaId, [
      { type: 'access', epoch: 1, canEdit: true },
      ...rows('committed', before?.committed.map(({ bytes }) => bytes) ?? []),
      ...rows('own', own),
    ]);
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
    expect(formulaIn(doc).nodes).toMatchObject({
      fast: { args: { timePeriod: 50 } },
      n: { args: { source: { from: 'fast' } } },
      late: {},
    });
  });

  it('takes along what another tab of the person has left', async () => {
    const [store, cookie] = [new MemoryStore(), await cookieOf()];
    const [one, two] = [await open(store, cookie), await open(store, cookie)];
    await online(one);
    await online(two);
    const back = await away();
    edit(one, add('of-one'));
    edit(two, add('of-two'), period(60));
    await rebase();
    // One is told at once; the other never comes back.
    await two.destroy();
    await back();
    await saved(one);
    expect(formulaIn((await stored()).doc).nodes).not.toHaveProperty('of-two');
    await one.destroy();
    const three = await open(store, cookie);
    await until(async () =>
      expect(formulaIn((await stored()).doc).nodes).toMatchObject({
        'of-one': {},
        'of-two': {},
        fast: { args: { timePeriod: 60 } },
      }),
    );
    await saved(three);
    await three.destroy();
    expect(await store.read(tabs.formulaId)).toMatchObject([{ epoch: 2, own: [] }]);
  });

  it('says which of its changes have no place any more, and can bring them back', async () => {
    const { tab, lost } = await asleep([period(77)], [{ type: 'removeNode', id: 'fast' }]);
    expect(lost).toMatchObject([{ id: 'fast', name: 'fast' }]);
    expect(formulaIn(tab.doc).nodes).not.toHaveProperty('fast');
    edit(tab, ...lost.flatMap(({ back }) => back));
    await saved(tab);
    expect(formulaIn((await stored()).doc).nodes).toMatchObject({
      fast: { args: { timePeriod: 77, source: { from: 'price' } } },
    });
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
    expect(formulaIn(ada.doc).nodes).toMatchObject({
      fast: { name: 'quick', comment: 'of Ben', args: { timePeriod: 30 } },
      n: {},
    });
    ada.undo.undo();
    expect(formulaIn(ada.doc).nodes).toMatchObject({
      fast: { name: 'fast', comment: 'of Ben', args: { timePeriod: 20 } },
    });
    expect(formulaIn(ada.doc).nodes).not.toHaveProperty('n');
    ada.undo.undo();
    expect(periodIn(ada.doc)).toBe(20);
    ada.undo.redo();
    await saved(ada);
    await until(() => expect(formulaIn(ben.doc)).toEqual(formulaIn(ada.doc)));
    expect(formulaIn((await stored()).doc)).toEqual(formulaIn(ada.doc));
  });
});
