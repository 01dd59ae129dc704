import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MemoryStore } from '#collab/testing/memory-store.ts';
import { countUnsaved, forgetAll, keepOnlyOf, openIndexedDbStore } from './indexed-db.ts';
import { CopyKeeper } from './keeper.ts';
import type { CopyChange, CopyStore } from './store.ts';

beforeAll(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
});
afterAll(() => void vi.unstubAllGlobals());

const row = (id: string, byte = 1) => ({ id, bytes: Uint8Array.of(byte) });
const access = (epoch: number, canEdit = true): CopyChange => ({ type: 'access', epoch, canEdit });
const own = (epoch: number, id: string): CopyChange => ({ type: 'add', epoch, kind: 'own', row: row(id) });
const committed = (epoch: number, id: string): CopyChange => ({ type: 'add', epoch, kind: 'committed', row: row(id) });

const stores: readonly (readonly [string, () => Promise<CopyStore>])[] = [
  ['in a browser', () => openIndexedDbStore({ userId: crypto.randomUUID(), orgId: 'o' })],
  ['in memory, for tests', () => Promise.resolve(new MemoryStore())],
];

describe.each(stores)('what is kept %s', (_where, open) => {
  it('is what was written, own changes apart', async () => {
    const store = await open();
    await store.write('f', [access(1), committed(1, 'a'), own(1, 'b'), own(1, 'c')]);
    await store.write('g', [access(4, false), committed(4, 'a')]);
    await store.write('f', [{ type: 'remove', epoch: 1, ids: ['b'] }]);
    expect(await store.read('f')).toEqual([{ epoch: 1, canEdit: true, committed: [row('a')], own: [row('c')] }]);
    expect(await store.read('g')).toEqual([{ epoch: 4, canEdit: false, committed: [row('a')], own: [] }]);
    expect(await store.read('h')).toEqual([]);
  });

  it('of an epoch that is over is what another tab still has to take along', async () => {
    const store = await open();
    await store.write('f', [access(1), committed(1, 'a'), own(1, 'mine'), own(1, 'of another tab')]);
    await store.write('f', [
      access(2),
      committed(2, 'x'),
      { type: 'remove', epoch: 1, ids: ['mine'] },
      { type: 'leave', epoch: 1 },
    ]);
    expect((await store.read('f')).map((copy) => [copy.epoch, copy.own.map(({ id }) => id)])).toEqual([
      [1, ['of another tab']],
      [2, []],
    ]);
    await store.write('f', [
      { type: 'remove', epoch: 1, ids: ['of another tab'] },
      { type: 'leave', epoch: 1 },
    ]);
    expect((await store.read('f')).map(({ epoch }) => epoch)).toEqual([2]);
  });

  it('is forgotten formula by formula', async () => {
    const store = await open();
    for (const id of ['f', 'g']) await store.write(id, [access(1), own(1, 'a')]);
    await store.remove('f');
    expect(await store.read('f')).toEqual([]);
    expect(await store.read('g')).toHaveLength(1);
  });
});

describe('a browser', () => {
  it('shows nobody what another person has not saved', async () => {
    const [ada, ben] = [crypto.randomUUID(), crypto.randomUUID()];
    await (await openIndexedDbStore({ userId: ada, orgId: 'o' })).write('f', [access(1), own(1, 'a')]);
    expect(await (await openIndexedDbStore({ userId: ben, orgId: 'o' })).read('f')).toEqual([]);
    expect([await countUnsaved(ada), await countUnsaved(ben)]).toEqual([1, 0]);
  });

  it('forgets everything of a person who signs out, also while a tab has it open', async () => {
    const userId = crypto.randomUUID();
    const store = await openIndexedDbStore({ userId, orgId: 'o' });
    await store.write('f', [access(1), own(1, 'a')]);
    await forgetAll(userId);
    await expect(store.write('f', [own(1, 'b')])).rejects.toThrow();
    expect(await countUnsaved(userId)).toBe(0);
  });

  it('forgets what is of organisations that the person has left', async () => {
    const userId = crypto.randomUUID();
    for (const orgId of ['stays', 'left'])
      await (await openIndexedDbStore({ userId, orgId })).write(`of ${orgId}`, [access(1), own(1, 'a')]);
    await keepOnlyOf(userId, ['stays']);
    const store = await openIndexedDbStore({ userId, orgId: 'stays' });
    expect([await store.read('of stays'), await store.read('of left')]).toMatchObject([[{ epoch: 1 }], []]);
    expect(await countUnsaved(userId)).toBe(1);
  });
});

describe('a keeper', () => {
  it('keeps the order of what happens, in as few transactions as there is time for', async () => {
    const store = new MemoryStore();
    const keeper = new CopyKeeper(store, 'f', () => undefined);
    keeper.write(access(1));
    keeper.write(committed(1, 'a'));
    keeper.write(own(1, 'b'));
    keeper.write({ type: 'remove', epoch: 1, ids: ['a'] });
    await keeper.close();
    expect(await store.read('f')).toMatchObject([{ committed: [], own: [{ id: 'b' }] }]);
  });

  it('says so when the disk is full, and asks no more', async () => {
    let writes = 0;
    const full: CopyStore = {
      read: () => Promise.resolve([]),
      write: () => Promise.reject(new DOMException('full', `QuotaExceededError ${(writes += 1)}`)),
      remove: () => Promise.resolve(),
      close: () => undefined,
    };
    const broken = Promise.withResolvers<void>();
    const keeper = new CopyKeeper(full, 'f', broken.resolve);
    expect(keeper.isKeeping).toBe(true);
    keeper.write(access(1));
    await broken.promise;
    keeper.write(own(1, 'a'));
    await keeper.flush();
    expect([keeper.isKeeping, writes]).toEqual([false, 1]);
  });
});
