import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { asSystem } from '#server/db/database.ts';
import { memberships } from '#server/db/schema/index.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { createFormula } from '../testing/harness.ts';
import {
  createDocumentStore,
  DocumentGone,
  NotAnEditor,
  type DocumentId,
  type DocumentStore,
} from './document-store.ts';

let database: TestDatabase;
let store: DocumentStore;
let id: DocumentId;

beforeAll(async () => {
  database = await createTestDatabase();
  store = createDocumentStore(database.db);
});
afterAll(() => database.close());
beforeEach(async () => {
  const orgId = await createOrganisation(database.db);
  id = { orgId, formulaId: await createFormula(database.db, orgId) };
});

/** A change of the title, as an update. */
function update(title: string) {
  const doc = new Y.Doc();
  doc.getMap('meta').set('title', title);
  return { actorId: null, bytes: Y.encodeStateAsUpdate(doc) };
}
const at = (sequence: number, epoch = 1) => ({ sequence, epoch });
const count = async (): Promise<number> => (await store.load(id)).updates.length - 1;

describe('the store of documents', () => {
  it('appends behind what others have appended, and says what that was', async () => {
    const [one, two, three] = [update('1'), update('2'), update('3')];
    expect(await store.append(id, at(0), [one, two])).toEqual({ sequence: 2, updates: [] });
    const late = await store.append(id, at(0), [three]);
    expect({ ...late, updates: late.updates.map((bytes) => [...bytes]) }).toEqual({
      sequence: 3,
      updates: [[...one.bytes], [...two.bytes]],
    });
    expect(await count()).toBe(3);
  });

  it('loses nothing when several append and compact at once', async () => {
    const writers = Array.from({ length: 5 }, async (_, writer) => {
      let known = 0;
      for (let i = 0; i < 10; i++) known = (await store.append(id, at(known), [update(`${writer} ${i}`)])).sequence;
    });
    const compactor = (async () => {
      for (let i = 0; i < 10; i++) await store.compact(id);
    })();
    await Promise.all([...writers, compactor]);
    const loaded = await store.load(id);
    expect(loaded.sequence).toBe(50);
    const doc = new Y.Doc();
    for (const bytes of loaded.updates) Y.applyUpdate(doc, bytes);
    // Each update was of a client of its own, besides the one that filled the document.
    expect(doc.store.clients.size).toBe(51);
  });

  it('gives all of it to who is behind the snapshot', async () => {
    await store.append(id, at(0), [update('1'), update('2')]);
    await store.compact(id);
    expect(await count()).toBe(0);
    const late = await store.append(id, at(0), [update('3')]);
    expect(late.sequence).toBe(3);
    expect(late.updates).toHaveLength(1);
    expect(await count()).toBe(1);
    expect(await store.readAfter(id, at(3))).toEqual({ sequence: 3, epoch: 1, updates: [] });
  });

  it('takes nothing of who may not edit any more, nor what came in one group with it', async () => {
    const [editor, other] = [
      await createMember(database.db, id.orgId, 'editor'),
      await createMember(database.db, id.orgId, 'owner'),
    ];
    const group = () => [
      { ...update('1'), actorId: other.userId },
      { ...update('2'), actorId: editor.userId },
    ];
    expect(await store.append(id, at(0), group())).toEqual({ sequence: 2, updates: [] });
    await asSystem(database.db, (tx) =>
      tx.update(memberships).set({ role: 'viewer' }).where(eq(memberships.userId, editor.userId)),
    );
    // Also when somebody else has appended meanwhile.
    for (const known of [2, 0]) await expect(store.append(id, at(known), group())).rejects.toThrow(NotAnEditor);
    await asSystem(database.db, (tx) => tx.delete(memberships).where(eq(memberships.userId, editor.userId)));
    await expect(store.append(id, at(2), group())).rejects.toThrow(NotAnEditor);
    expect(await count()).toBe(2);
    expect((await store.append(id, at(2), [{ ...update('3'), actorId: other.userId }])).sequence).toBe(3);
  });

  it('knows nothing of other organisations, nor of what is gone', async () => {
    const stranger = { orgId: await createOrganisation(database.db), formulaId: id.formulaId };
    await expect(store.load(stranger)).rejects.toThrow(DocumentGone);
    await expect(store.append(stranger, at(0), [update('x')])).rejects.toThrow(DocumentGone);
    await expect(store.readAfter(stranger, at(0))).rejects.toThrow(DocumentGone);
    expect(await count()).toBe(0);
  });
});
