import { beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { writeEdits } from '#collab/write-edits.ts';
import type { FormulaId, VersionId } from '#core/requests/ids.ts';
import { readStored } from '#server/compute/formula/read-stored.ts';
import { askHere, type AskFormulas } from '#server/compute/formula-threads.ts';
import { withOrg } from '#server/db/database.ts';
import { appendUpdates } from '#server/db/queries/document-updates.ts';
import { loadDocument } from '#server/db/queries/documents.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { NOWHERE } from '../context.ts';
import { restoreVersion } from '../version/restore-version.ts';
import { rebase } from './manage-documents.ts';

const CODE = 'fast = sma(close, 10)\n\nbuy(when: close > fast)\n';
const api = testApi();
let owner: Person;
let call: Caller;

beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  call = callAs(api.runtime, owner);
});

const asking = (formulas: AskFormulas) => ({ db: api.db, now: new Date(), from: NOWHERE, principal: owner, formulas });

/** A formula whose first version says CODE, and which says more by now. */
async function changed(): Promise<{ formulaId: FormulaId; versionId: VersionId }> {
  const { id: formulaId } = await call.formula.create({ name: 'Trend', code: CODE });
  const { id: versionId } = await call.version.create({ formulaId, message: 'First' });
  await addNode(formulaId, 'later');
  return { formulaId, versionId };
}

/** Somebody adds a node with this name, as the realtime server commits such an edit. */
const addNode = (formulaId: FormulaId, name: string, { orgId } = owner): Promise<unknown> =>
  withOrg(api.db, orgId, async (tx) => {
    const stored = await loadDocument(tx, formulaId);
    if (!stored) throw new Error('a document');
    const doc = readStored(stored);
    const before = Y.encodeStateVector(doc);
    writeEdits(doc, [{ type: 'addNode', id: name, node: { block: 'close', name, args: {} } }], null);
    const bytes = Y.encodeStateAsUpdate(doc, before);
    const { sequence, epoch } = stored;
    return appendUpdates(tx, { orgId, formulaId, after: sequence, epoch, editors: [] }, [{ actorId: null, bytes }]);
  });

it('is made once more when somebody edits meanwhile, so that nothing is lost and the version is what there is', async () => {
  const { formulaId, versionId } = await changed();
  let asked = 0;
  const whileEdited: AskFormulas = async (orgId, kind, task) => {
    const made = await askHere(orgId, kind, task);
    asked += 1;
    if (asked === 1) await addNode(formulaId, 'meanwhile');
    return made;
  };
  const { before } = await restoreVersion(asking(whileEdited), { id: versionId });
  expect(asked).toBe(2);
  expect((await call.formula.export({ id: formulaId })).code).toBe(CODE);
  const kept = (await call.version.list({ formulaId })).find(({ number }) => number === before);
  expect((await call.version.get({ id: kept?.id ?? '' })).code).toMatch(/later[\s\S]*meanwhile/);
});

it('has what was committed meanwhile in the fresh copy of a re-base', async () => {
  const { formulaId } = await changed();
  let asked = 0;
  const whileEdited: AskFormulas = async (orgId, kind, task) => {
    const made = await askHere(orgId, kind, task);
    asked += 1;
    if (asked === 1) await addNode(formulaId, 'meanwhile');
    return made;
  };
  expect(await rebase(asking(whileEdited), { formulaId })).toEqual({ epoch: 2 });
  expect((await call.formula.export({ id: formulaId })).code).toMatch(/later[\s\S]*meanwhile/);
});

it('holds no connection while it waits for a thread: others have theirs, however many wait', async () => {
  const { versionId } = await changed();
  const waiting = Promise.withResolvers<undefined>();
  let asked = 0;
  const slow: AskFormulas = async (orgId, kind, task) => {
    asked += 1;
    await waiting.promise;
    return askHere(orgId, kind, task);
  };
  const restores = Array.from({ length: 24 }, () => restoreVersion(asking(slow), { id: versionId }));
  await expect.poll(() => asked, { timeout: 20_000 }).toBe(24);
  expect(await call.formula.list()).toHaveLength(1);
  waiting.resolve(undefined);
  expect((await Promise.all(restores)).every(({ number }) => number === 1)).toBe(true);
});

/** Somebody edits while a change is made for the first time; the second time takes as long as `until`. */
function editedMeanwhile(formulaId: FormulaId, until: Promise<unknown>, onSecond = () => {}): AskFormulas {
  const theirs = owner;
  let asked = 0;
  return async (orgId, kind, task) => {
    asked += 1;
    if (asked === 1) await addNode(formulaId, 'meanwhile', theirs);
    else {
      onSecond();
      await until;
    }
    return askHere(orgId, kind, task);
  };
}

it('an organisation whose formulas are edited while they are restored leaves its neighbours a place', async () => {
  const slow = Promise.withResolvers<undefined>();
  let locked = 0;
  const restores: Promise<unknown>[] = [];
  for (let count = 0; count < 4; count += 1) {
    const { formulaId, versionId } = await changed();
    const formulas = editedMeanwhile(formulaId, slow.promise, () => (locked += 1));
    restores.push(restoreVersion(asking(formulas), { id: versionId }));
  }
  await expect.poll(() => locked, { timeout: 20_000 }).toBe(2);
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  call = callAs(api.runtime, owner);
  const { formulaId, versionId } = await changed();
  const neighbours = asking(editedMeanwhile(formulaId, Promise.resolve()));
  expect(await restoreVersion(neighbours, { id: versionId })).toMatchObject({ number: 1 });
  expect(locked).toBe(2);
  slow.resolve(undefined);
  await Promise.all(restores);
});
