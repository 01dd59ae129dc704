import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { writeEdits } from '#collab/write-edits.ts';
import { align } from '#core/diff/align.ts';
import { editsBetween } from '#core/formula/change/apply-edits.ts';
import { fromJsonText } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { keysOf } from '#core/merge/change-keys.ts';
import { merge } from '#core/merge/merge.ts';
import type { FormulaId } from '#core/requests/ids.ts';
import { readFormula, readStored } from '#server/compute/formula/read-stored.ts';
import { askHere, type AskFormulas } from '#server/compute/formula-threads.ts';
import { withOrg } from '#server/db/database.ts';
import { appendUpdates } from '#server/db/queries/document-updates.ts';
import { loadDocument } from '#server/db/queries/documents.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { mergeBranch } from '#server/use-cases/branch/merge-branch.ts';
import { NOWHERE } from '#server/use-cases/context.ts';

const CODE = 'fast = sma(close, 10)\nslow = sma(close, 20)\n\nbuy(when: fast > slow)\n';
const api = testApi();
let owner: Person;
let call: Caller;

beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  call = callAs(api.runtime, owner);
});

/** Somebody changes the code, as the realtime server commits it. */
const edit = (formulaId: FormulaId, from: string, to: string): Promise<unknown> =>
  withOrg(api.db, owner.orgId, async (tx) => {
    const stored = await loadDocument(tx, formulaId);
    if (!stored) throw new Error('a document');
    const doc = readStored(stored);
    const before = Y.encodeStateVector(doc);
    const formula = readFormula(doc);
    const code = print(formula);
    expect(code).toContain(from);
    const wanted = align(formula, parse(code.replace(from, to)).formula);
    writeEdits(doc, editsBetween(formula, wanted), null);
    const bytes = Y.encodeStateAsUpdate(doc, before);
    const { sequence, epoch } = stored;
    return appendUpdates(tx, { orgId: owner.orgId, formulaId, after: sequence, epoch, editors: ['owner'] }, [
      { actorId: owner.userId, bytes },
    ]);
  });

const draft = async (id: FormulaId) => (await call.formula.export({ id })).code;

async function branched() {
  const { id: origin } = await call.formula.create({ name: 'Trend', code: CODE });
  const { id: versionId } = await call.version.create({ formulaId: origin, message: 'First' });
  const { id: branch, name } = await call.branch.create({ versionId, name: 'Trend, faster' });
  return { origin, versionId, branch, name };
}

/** What a person sees of a merge, and what they would send when they take these changes. */
async function seen(into: FormulaId, from: FormulaId, takes: (sentence: string) => boolean = () => true) {
  const pair = await call.branch.pair({ into, from });
  const [base, ours, theirs] = [pair.base.json, pair.into.json, pair.from.json].map(
    (json) => fromJsonText(json).formula,
  );
  if (!base || !ours || !theirs) throw new Error('three');
  const merging = merge(base, ours, theirs);
  const places = merging.theirs.flatMap(({ sentences }, place) => (sentences.some(takes) ? [place] : []));
  const result = merging.take(new Set(places));
  const keys = [keysOf(merging.ours), keysOf(merging.theirs)] as const;
  return {
    merging,
    wanted: {
      into,
      from,
      base: pair.base.id,
      theirs: pair.from.contentHash,
      chosen: places.map((place) => keys[1][place] ?? ''),
      undone: result.undone.map((place) => keys[0][place] ?? ''),
    },
  };
}

describe('a branch', () => {
  it('is a strategy of its own, that says what its version says and where it comes from', async () => {
    const { origin, branch, versionId, name } = await branched();
    expect(name).toBe('Trend, faster');
    expect(await draft(branch)).toBe(CODE);
    expect(await call.formula.get({ id: branch })).toMatchObject({
      branchOf: { formulaId: origin, name: 'Trend', versionId, versionNumber: 1 },
    });
    expect((await call.formula.list()).find(({ id }) => id === branch)?.branchOf).toEqual({
      id: origin,
      name: 'Trend',
    });
    expect((await call.formula.list()).find(({ id }) => id === origin)?.branchOf).toBeNull();
    expect(await call.branch.list({ formulaId: origin })).toMatchObject([{ id: branch, versionNumber: 1 }]);
    expect(await call.history.list({ formulaId: origin })).toMatchObject([{ number: 1, branches: 1 }]);
    expect(await call.version.list({ formulaId: branch })).toMatchObject([
      { number: 1, message: 'Branched from Trend, version 1' },
    ]);
  });

  it('is merged change by change; what was left is offered again, what was taken is not', async () => {
    const { origin, branch } = await branched();
    await edit(branch, '10', '12');
    await edit(branch, '20', '30');
    await edit(origin, 'fast > slow', 'fast > slow and close > 5');
    const first = await seen(origin, branch, (sentence) => sentence.includes('10 → 12'));
    const merged = await call.branch.merge(first.wanted);
    expect(await draft(origin)).toBe(CODE.replace('10', '12').replace('fast > slow', 'fast > slow and close > 5'));
    expect(await call.history.list({ formulaId: origin })).toMatchObject([
      { id: merged.after, message: 'Merged Trend, faster, version 2', merge: { formulaId: branch, isUndone: false } },
      { id: merged.before, message: 'Before version 2 of Trend, faster was merged' },
      { number: 1 },
    ]);
    const second = await seen(origin, branch);
    expect(second.merging.theirs.filter(({ isShared }) => !isShared).flatMap(({ sentences }) => sentences)).toEqual([
      expect.stringContaining('20 → 30'),
    ]);
    await call.branch.merge(second.wanted);
    expect((await seen(origin, branch)).merging.theirs).toEqual([]);
    const back = await seen(branch, origin);
    await call.branch.merge(back.wanted);
    expect(await draft(branch)).toBe(await draft(origin));
  });

  it('is merged against the draft of that moment: what colleagues do elsewhere is kept', async () => {
    const { origin, branch } = await branched();
    await edit(branch, '10', '12');
    const { wanted } = await seen(origin, branch);
    await edit(origin, '20', '25');
    await call.branch.merge(wanted);
    expect(await draft(origin)).toBe(CODE.replace('10', '12').replace('20', '25'));
  });

  it('is refused when a colleague has changed the same place since it was looked at, and then merged as chosen', async () => {
    const { origin, branch } = await branched();
    await edit(branch, '10', '12');
    const { wanted } = await seen(origin, branch);
    await edit(origin, '10', '15');
    await expect(call.branch.merge(wanted)).rejects.toThrow(/has changed meanwhile where you merge \(.*10 → 15/);
    expect(await draft(origin)).toBe(CODE.replace('10', '15'));
    expect(await call.version.list({ formulaId: origin })).toHaveLength(1);
    await call.branch.merge((await seen(origin, branch)).wanted);
    expect(await draft(origin)).toBe(CODE.replace('10', '12'));
  });

  it('is computed again when somebody edits while it is', async () => {
    const { origin, branch } = await branched();
    await edit(branch, '10', '12');
    const { wanted } = await seen(origin, branch);
    let asked = 0;
    const whileEdited: AskFormulas = async (orgId, kind, task) => {
      const made = await askHere(orgId, kind, task);
      if (kind === 'merge' && (asked += 1) === 1) await edit(origin, '20', '25');
      return made;
    };
    const caller = { db: api.db, now: new Date(), from: NOWHERE, principal: owner, formulas: whileEdited };
    await mergeBranch(caller, { ...wanted, isSettled: false, message: '' });
    expect(asked).toBe(2);
    expect(await draft(origin)).toBe(CODE.replace('10', '12').replace('20', '25'));
  });

  it('that has moved, or was merged by somebody else meanwhile, is looked at again first', async () => {
    const { origin, branch } = await branched();
    await edit(branch, '10', '12');
    const { wanted } = await seen(origin, branch);
    await edit(branch, '20', '30');
    await expect(call.branch.merge(wanted)).rejects.toThrow(/“Trend, faster” has changed meanwhile/);
    const again = (await seen(origin, branch)).wanted;
    const done = await Promise.allSettled([call.branch.merge(again), call.branch.merge(again)]);
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await call.branch.pair({ into: origin, from: branch })).toMatchObject({ base: { formulaId: branch } });
  });

  it('is taken back again without what colleagues have done since; then all is offered again', async () => {
    const { origin, branch } = await branched();
    await edit(branch, '10', '12');
    await edit(branch, '20', '30');
    const { before, after } = await call.branch.merge((await seen(origin, branch)).wanted);
    await edit(origin, '30', '40');
    await edit(origin, 'fast > slow', 'fast > slow and close > 5');
    expect(await call.version.takeBack({ before, after })).toMatchObject({
      left: [expect.stringContaining('30 → 20')],
    });
    expect(await draft(origin)).toBe(CODE.replace('20', '40').replace('fast > slow', 'fast > slow and close > 5'));
    expect(await call.history.list({ formulaId: origin })).toMatchObject([
      { message: 'Before changes of version 2 were taken back' },
      { merge: { isUndone: true } },
      { number: 1 },
    ]);
    expect(await call.branch.pair({ into: origin, from: branch })).toMatchObject({
      base: { formulaId: origin, number: 1 },
    });
  });

  it('gets no version of a merge that takes nothing, unless what is left is not to be offered again', async () => {
    const { origin, branch } = await branched();
    await edit(branch, '10', '12');
    const { wanted } = await seen(origin, branch, () => false);
    await expect(call.branch.merge(wanted)).rejects.toThrow(/Take at least one change/);
    expect(await call.version.list({ formulaId: origin })).toHaveLength(1);
    await call.branch.merge({ ...wanted, isSettled: true });
    expect((await seen(origin, branch)).merging.theirs).toEqual([]);
  });

  it('is merged with its origin alone, by whoever may edit', async () => {
    const { origin, branch } = await branched();
    const { id: other } = await call.formula.create({ name: 'Other', code: CODE });
    await expect(call.branch.pair({ into: other, from: branch })).rejects.toThrow(/Neither strategy is a branch/);
    const reviewer = callAs(api.runtime, await createMember(api.db, owner.orgId, 'reviewer'));
    await expect(reviewer.branch.merge((await seen(origin, branch)).wanted)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

it('of what changes nothing, nobody is told that it was done: a restore, and what is taken back', async () => {
  const { origin, versionId } = await branched();
  expect(await call.version.restore({ id: versionId })).toMatchObject({ number: 1, isChanged: false });
  await expect(call.version.takeBack({ before: versionId, after: versionId })).rejects.toThrow(/Choose two versions/);
  expect(await call.version.list({ formulaId: origin })).toHaveLength(1);
});

it('of a restore, what was taken back leaves what colleagues have done since', async () => {
  const { origin, versionId } = await branched();
  await edit(origin, '10', '12');
  const { beforeId } = await call.version.restore({ id: versionId });
  await edit(origin, '20', '25');
  expect(await draft(origin)).toBe(CODE.replace('20', '25'));
  expect(await call.version.takeBack({ before: beforeId, after: versionId })).toMatchObject({ left: [] });
  expect(await draft(origin)).toBe(CODE.replace('10', '12').replace('20', '25'));
});
