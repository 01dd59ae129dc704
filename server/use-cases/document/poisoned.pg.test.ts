import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { rootsOf } from '#collab/document-roots.ts';
import { askHere } from '#server/compute/formula-threads.ts';
import { withOrg } from '#server/db/database.ts';
import { appendUpdates } from '#server/db/queries/document-updates.ts';
import { loadDocument } from '#server/db/queries/documents.ts';
import { unheard } from '#server/db/unheard.ts';
import { callAs } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { compactDocument } from './compact-document.ts';

const api = testApi();
const DEPTH = 6000;
const VALUE = `${'['.repeat(8)}7${']'.repeat(8)}`;

/**
 * The update that sets one more argument to lists within lists, `DEPTH` of them: one byte for a list and one for its
 * length.
 */
function poisoned(state: Uint8Array): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const before = Y.encodeStateVector(doc);
  rootsOf(doc).args.set('n9/deep', JSON.parse(VALUE));
  const update = Y.encodeStateAsUpdate(doc, before);
  const list = Uint8Array.from(Array.from({ length: 8 }, () => [117, 1]).flat());
  const at = update.findIndex((_, index) => list.every((byte, offset) => update[index + offset] === byte));
  expect(at).toBeGreaterThan(0);
  const more = Uint8Array.from(Array.from({ length: DEPTH }, () => [117, 1]).flat());
  return Uint8Array.from([...update.subarray(0, at), ...more, ...update.subarray(at)]);
}

it('a document with a value that nobody can read is read without that value', async () => {
  const orgId = await createOrganisation(api.db);
  const call = callAs(api.runtime, await createMember(api.db, orgId, 'owner'));
  const { id } = await call.formula.create({ name: 'P', code: 'fast = sma(close, 10)\nbuy(when: close > fast)' });
  const before = await call.formula.export({ id });
  const stored = await withOrg(api.db, orgId, (tx) => loadDocument(tx, id));
  const bytes = poisoned(stored?.updates[0] ?? new Uint8Array());
  // Deep enough that reading the value as it stands fails.
  expect(() => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, stored?.updates[0] ?? bytes);
    Y.applyUpdate(doc, bytes);
  }).toThrow(RangeError);
  await withOrg(api.db, orgId, (tx) =>
    appendUpdates(tx, { orgId, formulaId: id, after: stored?.sequence ?? 0, epoch: stored?.epoch ?? 0, editors: [] }, [
      { actorId: null, bytes },
    ]),
  );

  expect(await call.formula.export({ id })).toEqual(before);
  await call.version.create({ formulaId: id, message: 'still there' });
  await compactDocument({ orgId, formulaId: id, formulas: askHere, ...unheard(api.db, orgId) });
  expect(await call.formula.export({ id })).toEqual(before);
});
