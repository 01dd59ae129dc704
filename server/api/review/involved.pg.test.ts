import { beforeEach, describe, expect, it } from 'vitest';
import { fromJsonText } from '#core/formula/json/json.ts';
import { keysOf } from '#core/merge/change-keys.ts';
import { merge } from '#core/merge/merge.ts';
import type { FormulaId, VersionId } from '#core/requests/ids.ts';
import { withOrg } from '#server/db/database.ts';
import { appendUpdates } from '#server/db/queries/document-updates.ts';
import { loadDocument } from '#server/db/queries/documents.ts';
import { EDITORS } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { draftAfter } from '#server/testing/draft-after.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

/** Ways around "nobody approves their own work": what somebody wrote reaches a version by another person's hand. */

const api = testApi();
const people = new Map<string, Person>();
const NAMES = ['ada', 'ben', 'cleo', 'olga'] as const;
type Name = (typeof NAMES)[number];

beforeEach(async () => {
  const orgId = await createOrganisation(api.db);
  for (const name of NAMES) people.set(name, await createMember(api.db, orgId, name === 'olga' ? 'owner' : 'editor'));
  await as('olga').policy.set({ approvals: 1, roles: ['reviewer', 'editor', 'admin', 'owner'] });
});

function person(name: Name): Person {
  const one = people.get(name);
  if (!one) throw new Error('nobody');
  return one;
}
const as = (name: Name): Caller => callAs(api.runtime, person(name));
const codeOf = (length: number) => `fast = sma(close, ${length})\nbuy(when: close > fast)`;

const create = async (by: Name, length = 10): Promise<FormulaId> =>
  (await as(by).formula.create({ name: `Of ${by}`, code: codeOf(length) })).id;

async function edit(formulaId: FormulaId, by: Name, length: number): Promise<void> {
  const { orgId, userId } = person(by);
  await withOrg(api.db, orgId, async (tx) => {
    const stored = await loadDocument(tx, formulaId);
    if (!stored) throw new Error('no document');
    const place = { orgId, formulaId, after: stored.sequence, epoch: stored.epoch, editors: EDITORS };
    await appendUpdates(tx, place, [{ actorId: userId, bytes: draftAfter(stored.updates, codeOf(length)) }]);
  });
}

const save = async (formulaId: FormulaId, by: Name): Promise<VersionId> =>
  (await as(by).version.create({ formulaId, message: '' })).id;
const branchOf = async (versionId: VersionId, by: Name): Promise<FormulaId> =>
  (await as(by).branch.create({ versionId, name: 'Side' })).id;

async function mergeInto(into: FormulaId, from: FormulaId, by: Name) {
  const pair = await as(by).branch.pair({ into, from });
  const [base, ours, theirs] = [pair.base.json, pair.into.json, pair.from.json].map(
    (json) => fromJsonText(json).formula,
  );
  if (!base || !ours || !theirs) throw new Error('three');
  const chosen = [...keysOf(merge(base, ours, theirs).theirs)];
  const wanted = { into, from, base: pair.base.id, theirs: pair.from.contentHash, undone: [], chosen };
  return as(by).branch.merge(wanted);
}

/** Whether the approval of somebody lets the version be published; somebody else asks and publishes. */
async function approvedBy(name: Name, formulaId: FormulaId, versionId: VersionId): Promise<boolean> {
  const asking = name === 'olga' ? 'ben' : 'olga';
  const wanted = { formulaId, versionId, title: 'Look', description: '', people: [person(name).userId] };
  const review = await as(asking).review.ask(wanted);
  const { contentHash } = await as(asking).review.get(review);
  await as(name).review.answer({ ...review, verdict: 'approved', contentHash, note: '' });
  return (await as(asking).publication.preview({ versionId })).judgement.problem === null;
}

describe('an approval does not count of somebody', () => {
  it('who made the strategy that somebody else asks about', async () => {
    const formulaId = await create('ada');
    const versionId = await save(formulaId, 'ben');
    expect(await approvedBy('ada', formulaId, versionId)).toBe(false);
    expect(await approvedBy('cleo', formulaId, versionId)).toBe(true);
  });

  it('who wrote in a branch of a branch', async () => {
    const main = await create('ben');
    const side = await branchOf(await save(main, 'ben'), 'ben');
    const inner = await branchOf(await save(side, 'ben'), 'ben');
    await edit(inner, 'ada', 33);
    await mergeInto(side, inner, 'ben');
    const { after } = await mergeInto(main, side, 'ben');
    expect(await approvedBy('ada', main, after)).toBe(false);
    expect(await approvedBy('cleo', main, after)).toBe(true);
  });

  it('whose branch was merged, also when the merge is taken back after the version', async () => {
    const main = await create('ben');
    const side = await branchOf(await save(main, 'ben'), 'ben');
    await edit(side, 'ada', 33);
    const { before, after } = await mergeInto(main, side, 'ben');
    await as('ben').version.takeBack({ before, after });
    expect(await approvedBy('ada', main, after)).toBe(false);
    expect(await approvedBy('cleo', main, after)).toBe(true);
  });

  it('who wrote what a branch was made of, and was never published', async () => {
    const main = await create('ada');
    const side = await branchOf(await save(main, 'ada'), 'ben');
    const versionId = await save(side, 'ben');
    expect(await approvedBy('ada', side, versionId)).toBe(false);
    expect(await approvedBy('cleo', side, versionId)).toBe(true);
  });

  it('who imported the history, whoever wrote it as the file says', async () => {
    const { text } = await as('ben').history.export({ formulaId: await withVersion('ben') });
    const { id } = await as('ada').history.import({ text });
    const [version] = await as('ben').version.list({ formulaId: id });
    if (!version) throw new Error('one version');
    expect(await approvedBy('ada', id, version.id)).toBe(false);
    expect(await approvedBy('cleo', id, version.id)).toBe(true);
  });
});

const withVersion = async (by: Name): Promise<FormulaId> => {
  const formulaId = await create(by);
  await save(formulaId, by);
  return formulaId;
};

describe('an approval counts of somebody', () => {
  it('whose work was published before', async () => {
    const main = await create('ada');
    const first = await save(main, 'ada');
    await as('olga').publication.publish({ versionId: first, notes: '', reason: 'The first' });
    const side = await branchOf(first, 'ben');
    await edit(side, 'ben', 44);
    const { after } = await mergeInto(main, side, 'ben');
    expect(await approvedBy('ada', main, after)).toBe(true);
  });

  it('whose branch was merged only after the version', async () => {
    const main = await create('ben');
    const first = await save(main, 'ben');
    const side = await branchOf(first, 'ben');
    await edit(side, 'ada', 33);
    await edit(main, 'ben', 12);
    const versionId = await save(main, 'ben');
    await mergeInto(main, side, 'ben').catch(() => null);
    expect(await approvedBy('ada', main, versionId)).toBe(true);
  });
});
