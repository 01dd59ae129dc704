import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { fromJsonText } from '#core/formula/json/json.ts';
import { keysOf } from '#core/merge/change-keys.ts';
import { merge } from '#core/merge/merge.ts';
import { idOf, type FormulaId, type ReviewId } from '#core/requests/ids.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { appendUpdates } from '#server/db/queries/document-updates.ts';
import { loadDocument } from '#server/db/queries/documents.ts';
import { updateRole } from '#server/db/queries/organisations.ts';
import { EDITORS } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { draftAfter } from '#server/testing/draft-after.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
const people = new Map<string, Person>();
let formulaId: FormulaId;

beforeEach(async () => {
  const orgId = await createOrganisation(api.db);
  const roles = { ada: 'editor', ben: 'editor', rita: 'reviewer', olga: 'owner', vera: 'viewer' } as const;
  for (const [name, role] of Object.entries(roles)) people.set(name, await createMember(api.db, orgId, role));
  formulaId = (
    await as('ada').formula.create({ name: 'Cross', code: 'fast = sma(close, 10)\nbuy(when: close > fast)' })
  ).id;
});

type Name = 'ada' | 'ben' | 'rita' | 'olga' | 'vera';
function person(name: Name): Person {
  const one = people.get(name);
  if (!one) throw new Error('nobody');
  return one;
}
const as = (name: Name): Caller => callAs(api.runtime, person(name));
const id = (name: Name) => person(name).userId;

/** The draft says something else now, by somebody's edit. */
async function edit(by: Name, code: string): Promise<void> {
  const { orgId, userId } = person(by);
  await withOrg(api.db, orgId, async (tx) => {
    const stored = await loadDocument(tx, formulaId);
    if (!stored) throw new Error('no document');
    const { sequence, epoch, updates } = stored;
    const place = { orgId, formulaId, after: sequence, epoch, editors: EDITORS };
    const made = draftAfter(updates, code);
    expect(await appendUpdates(tx, place, [{ actorId: userId, bytes: made }])).toBe('appended');
  });
}

const ask = async (asked: readonly Name[] = ['rita']): Promise<ReviewId> =>
  (await as('ada').review.ask({ formulaId, title: 'Look', description: 'Please', people: asked.map(id) })).id;
const hashOf = async (review: ReviewId): Promise<string> => (await as('ada').review.get({ id: review })).contentHash;
const approve = async (by: Name, review: ReviewId): Promise<void> =>
  as(by).review.answer({ id: review, verdict: 'approved', contentHash: await hashOf(review), note: '' });
const policy = (
  approvals: number,
  roles: ('reviewer' | 'editor' | 'admin' | 'owner')[] = ['reviewer', 'editor', 'admin', 'owner'],
) => as('olga').policy.set({ approvals, roles });
const publish = async (review: ReviewId, by: Name = 'ada', reason?: string): Promise<void> => {
  const { versionId } = await as('ada').review.get({ id: review });
  await as(by).publication.publish({ versionId, notes: '', ...(reason === undefined ? {} : { reason }) });
};
const audits = () =>
  asSystem(api.db, (tx) =>
    tx.execute<{ action: string; difference: Record<string, [unknown, unknown]> }>(
      sql`select action, difference from audit_log where org_id = ${person('ada').orgId} order by at, action`,
    ),
  );

describe('a review', () => {
  it('takes a version of the draft, waits for those who are asked, and is told to them', async () => {
    const review = await ask();
    expect(await as('ada').version.list({ formulaId })).toMatchObject([{ number: 1, message: 'Look' }]);
    expect(await as('rita').review.list({ which: 'waiting' })).toMatchObject([{ id: review, versionNumber: 1 }]);
    expect(await as('rita').review.counts()).toEqual({ waiting: 1 });
    expect(await as('ben').review.counts()).toEqual({ waiting: 0 });
    expect((await as('rita').notification.list()).notifications).toMatchObject([
      { kind: 'review.asked', title: 'Look' },
    ]);
    expect(await as('ada').review.list({ which: 'mine' })).toHaveLength(1);
    expect(await as('ada').review.list({ text: 'cro' })).toHaveLength(1);
    expect(await as('ada').review.list({ text: '%' })).toHaveLength(0);
  });

  it('is answered by whoever may, of exactly the version they looked at', async () => {
    const review = await ask();
    const contentHash = await hashOf(review);
    const answer = { id: review, verdict: 'approved' as const, contentHash, note: '' };
    await expect(as('vera').review.answer(answer)).rejects.toThrow(/reviewer/);
    await expect(as('ada').review.answer(answer)).rejects.toThrow(/somebody else has to approve/);
    await edit('ben', 'fast = sma(close, 20)\nbuy(when: close > fast)');
    expect(await as('ada').review.move({ id: review })).toEqual({ number: 2 });
    await expect(as('rita').review.answer(answer)).rejects.toThrow(/version 2 now/);
    await approve('rita', review);
    expect((await as('ada').notification.list()).notifications).toMatchObject([
      { kind: 'review.answered', verdict: 'approved' },
    ]);
    expect(await as('rita').review.counts()).toEqual({ waiting: 0 });
  });

  it('keeps approvals of an earlier version as what they are, and asks again', async () => {
    const review = await ask();
    await approve('rita', review);
    const before = await hashOf(review);
    await edit('ada', 'fast = sma(close, 20)\nbuy(when: close > fast)');
    await as('ada').review.move({ id: review });
    const { contentHash, people: asked } = await as('ada').review.get({ id: review });
    expect(contentHash).not.toBe(before);
    expect(asked).toMatchObject([{ verdict: 'approved', contentHash: before, isWaiting: false }]);
    expect((await as('rita').notification.list()).notifications[0]).toMatchObject({ kind: 'review.moved', version: 2 });
    await as('ada').review.request({ id: review, people: [id('rita')] });
    expect(await as('rita').review.counts()).toEqual({ waiting: 1 });
    await expect(as('ada').review.move({ id: review })).rejects.toThrow(/nothing new/);
  });

  it('tells whoever waits once, however often others click', async () => {
    const review = await ask(['rita']);
    const told = async (name: Name) => (await as(name).notification.list()).notifications.length;
    const before = await told('rita');
    for (let times = 0; times < 3; times += 1)
      await expect(as('ada').review.request({ id: review, people: [id('rita')] })).rejects.toThrow(/a moment ago/);
    // Somebody else beside her is told alone.
    await as('ada').review.request({ id: review, people: [id('rita'), id('ben')] });
    expect([await told('rita'), await told('ben')]).toEqual([before, 1]);
  });

  it('asks nobody who could not answer', async () => {
    await expect(ask(['vera'])).rejects.toThrow(/Viewers/);
    await expect(ask(['ada'])).rejects.toThrow(/own work/);
    const foreign = await createMember(api.db, await createOrganisation(api.db), 'owner');
    const people = [foreign.userId];
    await expect(as('ada').review.ask({ formulaId, title: 'T', description: '', people })).rejects.toThrow(
      /not in your/,
    );
  });

  it('has a title that hides nothing', async () => {
    const people = [id('rita')];
    for (const title of ['\u202Eevil', 'one\ntwo', '   '])
      await expect(as('ada').review.ask({ formulaId, title, description: '', people })).rejects.toThrow(
        /can not be seen|Give the review a title/,
      );
  });

  it('tells in the list that the draft was edited since', async () => {
    const review = await ask();
    expect(await as('rita').review.list()).toMatchObject([{ id: review, isEditedSince: false }]);
    await edit('ben', 'fast = sma(close, 20)\nbuy(when: close > fast)');
    expect(await as('rita').review.list()).toMatchObject([{ id: review, isEditedSince: true }]);
    await as('olga').document.compact({ formulaId });
    expect(await as('rita').review.list()).toMatchObject([{ id: review, isEditedSince: true }]);
    await as('ada').review.move({ id: review });
    expect(await as('rita').review.list()).toMatchObject([{ id: review, isEditedSince: false }]);
  });

  it('is withdrawn by its author alone, and takes no answers then', async () => {
    const review = await ask();
    await expect(as('ben').review.end({ id: review, state: 'withdrawn' })).rejects.toThrow(/Only whoever asked/);
    await as('ada').review.end({ id: review, state: 'withdrawn' });
    await expect(approve('rita', review)).rejects.toThrow(/withdrawn/);
    expect(await as('rita').review.counts()).toEqual({ waiting: 0 });
  });

  it('has threads on its changes, which say what they were about', async () => {
    await publish(await ask());
    await edit('ada', 'fast = sma(close, 20)\nbuy(when: close > fast)');
    const review = await ask();
    const thread = {
      formulaId,
      threadId: idOf('thread', crypto.randomUUID()),
      commentId: idOf('comment', crypto.randomUUID()),
    };
    const start = (key: string) =>
      as('rita').comment.start({ ...thread, anchor: { kind: 'change', reviewId: review, key }, body: 'Why?' });
    await expect(start('part/nothing')).rejects.toThrow(/not in the review any more/);
    const { versionId, baseId } = await as('rita').review.get({ id: review });
    const changes = await api.runtime.formulas(person('rita').orgId, 'changes', {
      before: (await as('rita').version.get({ id: baseId ?? versionId })).json,
      json: (await as('rita').version.get({ id: versionId })).json,
    });
    expect(changes.map(({ sentence }) => sentence)).toEqual(['fast: timePeriod 10 → 20']);
    await start(changes[0]?.key ?? '');
    expect((await as('ada').comment.list({ formulaId })).threads).toMatchObject([
      { anchor: { kind: 'change', reviewId: review, about: { label: 'fast', code: 'fast: timePeriod 10 → 20' } } },
    ]);
  });
});

describe('the policy', () => {
  it('is set by admins, from 0 to 5, and audited with both sides', async () => {
    await expect(as('ada').policy.set({ approvals: 1, roles: ['reviewer'] })).rejects.toThrow(/admin/);
    await expect(policy(6)).rejects.toThrow(/at most 5/);
    await policy(2, ['owner', 'reviewer']);
    expect(await as('vera').policy.get()).toEqual({ approvals: 2, roles: ['reviewer', 'owner'] });
    expect((await audits()).find(({ action }) => action === 'policy.changed')?.difference).toMatchObject({
      approvals: [0, 2],
    });
  });

  it('refuses to publish what too few have approved, and counts nobody who worked on it', async () => {
    await policy(1);
    await edit('ben', 'fast = sma(close, 12)\nbuy(when: close > fast)');
    const review = await ask(['rita', 'ben']);
    await expect(publish(review)).rejects.toThrow(/0 of 1 approval /);
    await approve('ben', review);
    await expect(publish(review)).rejects.toThrow(/editor \w+ worked on the change/);
    await approve('rita', review);
    await publish(review);
    expect(await as('vera').publication.list({ formulaId })).toMatchObject([
      { versionNumber: 1, validation: 'approved', endedAt: null },
    ]);
    expect((await as('ada').formula.get({ id: formulaId })).published).toMatchObject({ number: 1 });
    expect((await as('ada').review.get({ id: review })).state).toBe('closed');
  });

  it('still knows who worked on the draft when their updates are merged', async () => {
    await policy(1);
    await edit('ben', 'fast = sma(close, 12)\nbuy(when: close > fast)');
    await as('olga').document.compact({ formulaId });
    const review = await ask(['ben']);
    await approve('ben', review);
    await expect(publish(review)).rejects.toThrow(/worked on the change/);
  });

  it('counts nobody who worked on a branch that was merged into it', async () => {
    await publish(await ask());
    await policy(1);
    const base = await as('ada').version.create({ formulaId, message: '' });
    const branch = await as('ben').branch.create({ versionId: base.id, name: 'Side' });
    const [main, side] = [formulaId, branch.id];
    formulaId = side;
    await edit('ben', 'fast = sma(close, 33)\nbuy(when: close > fast)');
    formulaId = main;
    const { base: from, from: theirs, into } = await as('ada').branch.pair({ into: main, from: side });
    const [before, ours, other] = [from.json, into.json, theirs.json].map((json) => fromJsonText(json).formula);
    if (!before || !ours || !other) throw new Error('three');
    const merging = merge(before, ours, other);
    const merged = { into: main, from: side, base: from.id, theirs: theirs.contentHash, undone: [] };
    await as('ada').branch.merge({ ...merged, chosen: [...keysOf(merging.theirs)] });
    const review = await ask(['ben', 'rita']);
    await approve('ben', review);
    await expect(publish(review)).rejects.toThrow(/worked on the change/);
    await approve('rita', review);
    await publish(review);
  });

  it('counts an approval for what it is of: not for a later version, nor once it was taken back', async () => {
    await policy(1);
    const review = await ask();
    await approve('rita', review);
    await edit('ada', 'fast = sma(close, 20)\nbuy(when: close > fast)');
    await as('ada').review.move({ id: review });
    await expect(publish(review)).rejects.toThrow(/0 of 1/);
    await approve('rita', review);
    await as('rita').review.answer({ id: review, verdict: 'changes', contentHash: await hashOf(review), note: 'No' });
    await expect(publish(review)).rejects.toThrow(/asked for changes/);
  });

  it('looks at roles of now, and at reviews that were not withdrawn', async () => {
    await policy(1, ['owner']);
    const review = await ask(['rita', 'olga']);
    await approve('rita', review);
    await expect(publish(review)).rejects.toThrow(/role whose approvals do not count/);
    await approve('olga', review);
    const { versionId } = await as('ada').review.get({ id: review });
    await as('ada').review.end({ id: review, state: 'withdrawn' });
    await expect(as('ada').publication.publish({ versionId, notes: '' })).rejects.toThrow(/0 of 1/);
    await as('ada').review.end({ id: review, state: 'open' });
    await as('ada').publication.publish({ versionId, notes: '' });
  });

  it('is overridden by an owner alone, with a reason that is audited', async () => {
    await policy(1);
    const review = await ask();
    await expect(publish(review, 'ada', 'Hurry')).rejects.toThrow(/owner/);
    await expect(publish(review, 'olga')).rejects.toThrow(/0 of 1/);
    await publish(review, 'olga', 'The market is on fire');
    expect(await as('ada').publication.list({ formulaId })).toMatchObject([
      { validation: 'overridden', reason: 'The market is on fire' },
    ]);
    expect((await audits()).find(({ action }) => action === 'version.published')?.difference).toMatchObject({
      reason: [null, 'The market is on fire'],
      validation: [null, 'overridden'],
      version: [null, 1],
    });
  });

  it('holds when the policy, the role and the verdict change while others publish', async () => {
    for (let round = 0; round < 5; round += 1) {
      await edit('ada', `fast = sma(close, ${30 + round})\nbuy(when: close > fast)`);
      await policy(1);
      const review = await ask();
      await approve('rita', review);
      const contentHash = await hashOf(review);
      const { versionId } = await as('ada').review.get({ id: review });
      const done = await Promise.allSettled([
        publish(review),
        as('rita').review.answer({ id: review, verdict: 'changes', contentHash, note: '' }),
        policy(2),
        publish(review),
      ]);
      const rows = await as('ada').publication.list({ formulaId });
      const mine = rows.filter((row) => row.versionId === versionId);
      expect(mine.length).toBe([done[0], done[3]].filter(({ status }) => status === 'fulfilled').length);
      expect(mine.length).toBeLessThanOrEqual(1);
      expect(rows.filter(({ endedAt }) => endedAt === null).length).toBeLessThanOrEqual(1);
      // What was published had an approval that counted, at that moment.
      if (mine[0]) expect(mine[0]).toMatchObject({ validation: 'approved', approvedBy: [person('rita').name] });
    }
  });

  it('does not let a role that was lost meanwhile count', async () => {
    await policy(1, ['reviewer']);
    const review = await ask();
    await approve('rita', review);
    await withOrg(api.db, person('rita').orgId, (tx) => updateRole(tx, person('rita').orgId, id('rita'), 'viewer'));
    await expect(publish(review)).rejects.toThrow(/role whose approvals do not count/);
  });

  it('holds for bots that trade with money', async () => {
    const review = await ask();
    const { versionId } = await as('ada').review.get({ id: review });
    const { addSampleMarket } = await import('#server/use-cases/market/sample-market.ts');
    const marketId = await asSystem(api.db, (tx) => addSampleMarket(tx, person('ada').orgId));
    const { DEFAULT_SETTINGS } = await import('#core/engine/outcome/settings.ts');
    const bot = await as('ada').bot.create({
      name: 'B',
      versionId,
      marketId,
      mode: 'paper',
      settings: DEFAULT_SETTINGS,
    });
    await asSystem(api.db, (tx) => tx.execute(sql`update bots set mode = 'live' where id = ${bot.id}`));
    await policy(1);
    await expect(as('ada').bot.start(bot)).rejects.toThrow(/0 of 1 approval/);
    // An owner may take it upon themselves.
    await publish(review, 'olga', 'It is small');
    await as('ada').bot.start(bot);
  });
});

describe('a publication', () => {
  it('follows another one, is taken back, and an older version is published again', async () => {
    const first = await ask();
    await publish(first);
    await expect(publish(first)).rejects.toThrow(/published one already/);
    const { versionId } = await as('ada').review.get({ id: first });
    await edit('ada', 'fast = sma(close, 20)\nbuy(when: close > fast)');
    const second = await ask();
    expect(
      await as('ada').publication.preview({ versionId: (await as('ada').review.get({ id: second })).versionId }),
    ).toMatchObject({
      published: { number: 1 },
      number: 2,
      changes: ['fast: timePeriod 10 → 20'],
      bots: [],
    });
    await publish(second);
    await as('ada').publication.publish({ versionId, notes: 'Back' });
    expect(
      (await as('ada').publication.list({ formulaId })).map((row) => [row.versionNumber, row.endedAt !== null]),
    ).toEqual([
      [1, false],
      [2, true],
      [1, true],
    ]);
    await as('ada').publication.end({ formulaId });
    expect((await as('ada').formula.list())[0]?.published).toBeNull();
    await expect(as('ada').publication.end({ formulaId })).rejects.toThrow(/Nothing of this strategy/);
  });

  it('is refused of what can’t run', async () => {
    await edit('ada', 'buy(when: close)');
    const { id: versionId } = await as('ada').version.create({ formulaId, message: '' });
    await expect(as('ada').publication.publish({ versionId, notes: '' })).rejects.toThrow(/error/);
  });
});

describe('the audit', () => {
  it('is read by admins, of their organisation, by who, what, when and which thing', async () => {
    const review = await ask();
    await publish(review);
    await expect(as('ada').audit.list()).rejects.toThrow(/admin/);
    const all = await as('olga').audit.list();
    expect(all.map(({ action }) => action)).toContain('version.published');
    const asked = await as('olga').audit.list({
      action: 'review',
      entity: 'review',
      entityId: review,
      actorId: id('ada'),
    });
    expect(asked.map(({ action }) => action).toSorted()).toEqual(['review.asked', 'review.ended']);
    const [row] = await as('olga').audit.list({ action: 'version.published' });
    expect(row?.difference.find(({ field }) => field === 'changes')?.after).toMatch(/fast = sma\(close, 10\) added/);
    expect(await as('olga').audit.list({ to: 1 + Date.UTC(2000, 1) })).toEqual([]);
    const [newest] = all;
    const older = await as('olga').audit.list({ limit: 200, cursor: { id: newest?.id ?? '', at: newest?.at ?? 0 } });
    expect(older.map(({ id: one }) => one)).toEqual(all.slice(1).map(({ id: one }) => one));
    const foreign = await createMember(api.db, await createOrganisation(api.db), 'owner');
    expect(await callAs(api.runtime, foreign).audit.list({ entityId: review })).toEqual([]);
  });
});
