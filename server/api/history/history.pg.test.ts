import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { z } from 'zod';
import { LONGEST_HISTORY, readHistory } from '#core/history/history-file.ts';
import { idOf, type FormulaId, type VersionId } from '#core/requests/ids.ts';
import { withOrg } from '#server/db/database.ts';
import { replaceSnapshot } from '#server/db/queries/document-updates.ts';
import { contributions, formulaUpdates, versions } from '#server/db/schema/index.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const CODE = 'fast = sma(close, 10)\n\nbuy(when: close > fast)\n';
const MINUTE = 60_000;
/** What a test reads of a file. */
const shape = z.looseObject({ versions: z.tuple([z.looseObject({})]), formulas: z.array(z.unknown()) });
const api = testApi();
let owner: Person;
let call: Caller;

beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  call = callAs(api.runtime, owner);
});

const someVersion = async (name = 'Trend', code = CODE): Promise<{ formulaId: FormulaId; id: VersionId }> => {
  const { id: formulaId } = await call.formula.create({ name, code });
  const { id } = await call.version.create({ formulaId, message: 'First' });
  return { formulaId, id };
};

interface Edit {
  readonly by: Person;
  readonly at: number;
}

/** Updates that say nothing, as the realtime server would have committed them at these times. */
const edited = (formulaId: FormulaId, first: number, edits: readonly Edit[]): Promise<unknown> =>
  withOrg(api.db, owner.orgId, (tx) =>
    tx.insert(formulaUpdates).values(
      edits.map(({ by, at }, place) => ({
        orgId: owner.orgId,
        formulaId,
        sequence: first + place,
        actorId: by.userId,
        bytes: Y.encodeStateAsUpdate(new Y.Doc()),
        createdAt: new Date(at),
      })),
    ),
  );

const compacted = (formulaId: FormulaId, sequence: number): Promise<unknown> =>
  withOrg(api.db, owner.orgId, (tx) =>
    replaceSnapshot(tx, formulaId, {
      sequence,
      epoch: 1,
      state: Y.encodeStateAsUpdate(new Y.Doc()),
      clients: 1,
      dead: 0,
    }),
  );

describe('the work on a draft', () => {
  it('is told in stretches of each person, the same before and after updates are merged', async () => {
    const { formulaId } = await someVersion();
    const colleague = await createMember(api.db, owner.orgId, 'editor');
    const start = Date.now() + MINUTE;
    await edited(formulaId, 1, [
      { by: owner, at: start },
      { by: colleague, at: start + MINUTE },
      { by: owner, at: start + 10 * MINUTE },
      { by: owner, at: start + 60 * MINUTE },
    ]);
    const names = new Map((await call.team.get()).members.map(({ userId, name }) => [userId, name]));
    const expected = [
      { person: names.get(owner.userId), startedAt: start + 60 * MINUTE, endedAt: start + 60 * MINUTE, changes: 1 },
      { person: names.get(owner.userId), startedAt: start, endedAt: start + 10 * MINUTE, changes: 2 },
      { person: names.get(colleague.userId), startedAt: start + MINUTE, endedAt: start + MINUTE, changes: 1 },
    ];
    expect((await call.history.about({ formulaId })).work).toEqual(expected);
    // At any place between them: what is stored goes on with what is not.
    await compacted(formulaId, 1);
    expect((await call.history.about({ formulaId })).work).toEqual(expected);
    await compacted(formulaId, 3);
    await compacted(formulaId, 4);
    expect((await call.history.about({ formulaId })).work).toEqual(expected);
    const rows = await withOrg(api.db, owner.orgId, (tx) => tx.select().from(contributions));
    expect(rows.map(({ changes }) => changes).toSorted()).toEqual([1, 1, 2]);
  });

  it('belongs to the version that came of it', async () => {
    const { formulaId } = await someVersion();
    const between = Date.now();
    await edited(formulaId, 1, [
      { by: owner, at: between - MINUTE },
      { by: owner, at: between },
    ]);
    await withOrg(api.db, owner.orgId, async (tx) => {
      const [first] = await tx.select().from(versions);
      if (!first) throw new Error('a version');
      const { id: parentId, ...same } = first;
      const { id: _, ...values } = { ...same, id: parentId };
      await tx.insert(versions).values({ ...values, number: 2, parentId, createdAt: new Date(between + MINUTE) });
    });
    const [second, first] = await call.history.list({ formulaId });
    expect(second).toMatchObject({ number: 2, work: [{ changes: 1, startedAt: between }] });
    expect(first).toMatchObject({ number: 1, work: [{ changes: 1 }] });
    expect((await call.history.about({ formulaId })).work).toEqual([]);
  });
});

describe('a history', () => {
  it('has names and tags beside versions, which never change, and is found by them', async () => {
    const { formulaId, id } = await someVersion();
    const { id: second } = await call.version.create({ formulaId, message: 'Calmer stops' });
    await call.version.label({ id, name: 'Good one', tags: ['live', 'live', 'checked'] });
    expect(await call.history.about({ formulaId })).toMatchObject({ count: 2, newest: 2, tags: ['checked', 'live'] });
    const found = async (filter: object) =>
      (await call.history.list({ formulaId, ...filter })).map(({ number }) => number);
    expect(await found({})).toEqual([2, 1]);
    expect(await found({ limit: 1 })).toEqual([2]);
    expect(await found({ cursor: 2 })).toEqual([1]);
    expect(await found({ text: 'CALMER' })).toEqual([2]);
    expect(await found({ text: 'good one' })).toEqual([1]);
    expect(await found({ text: 'v2' })).toEqual([2]);
    expect(await found({ tag: 'live' })).toEqual([1]);
    expect(await found({ author: (await call.history.about({ formulaId })).authors[0] })).toEqual([2, 1]);
    expect(await found({ author: 'nobody' })).toEqual([]);
    expect(await found({ having: 'bots' })).toEqual([]);
    await call.version.label({ id, name: '', tags: [] });
    expect(await found({ tag: 'live' })).toEqual([]);
    expect(await call.version.get({ id: second })).toMatchObject({ message: 'Calmer stops' });
  });
});

describe('a file with a history', () => {
  it('goes out and comes in again as a strategy with the same versions', async () => {
    const { formulaId, id } = await someVersion();
    await call.version.create({ formulaId, message: 'Second' });
    await call.version.label({ id, name: 'Good one', tags: ['live'] });
    await call.formula.tag({ id: formulaId, tags: ['momentum'] });
    const out = await call.history.export({ formulaId });
    expect(out).toMatchObject({ name: 'Trend', versions: 2 });
    const other = await createMember(api.db, await createOrganisation(api.db), 'editor');
    const there = callAs(api.runtime, other);
    const made = await there.history.import({ text: out.text });
    expect(made).toMatchObject({ name: 'Trend', versions: 2 });
    expect(await there.formula.get({ id: made.id })).toMatchObject({ tags: ['momentum'], saidOrigin: null });
    expect((await there.formula.export({ id: made.id })).code).toBe(CODE);
    const [before, after] = [await call.history.list({ formulaId }), await there.history.list({ formulaId: made.id })];
    const told = ({ number, message, name, tags, author, at, contentHash }: (typeof before)[number]) => ({
      number,
      message,
      name,
      tags,
      author,
      at,
      contentHash,
    });
    expect(after.map(told)).toEqual(before.map(told));
    // An author of a file is a text: the account is that of whoever has imported it.
    expect(before.map(({ importedBy }) => importedBy)).toEqual([null, null]);
    expect(new Set(after.map(({ importedBy }) => importedBy)).size).toBe(1);
    expect(after[0]?.importedBy).not.toBe(before[0]?.author);
    expect((await there.history.export({ formulaId: made.id })).text).toBe(out.text);
    const restored = await there.version.restore({ id: after[1]?.id ?? id });
    expect(restored.number).toBe(1);
  });

  it('is listed with its runs at once, also of two thousand versions that say the same', async () => {
    const { formulaId } = await someVersion();
    const file: unknown = JSON.parse((await call.history.export({ formulaId })).text);
    const {
      versions: [only],
      ...rest
    } = shape.parse(file);
    const many = Array.from({ length: 2_000 }, (_, at) => ({ ...only, number: at + 1, message: `Message ${at + 1}` }));
    const made = await call.history.import({ text: JSON.stringify({ ...rest, versions: many }) });
    const rows = await call.history.list({ formulaId: made.id, limit: 200 });
    expect([rows.length, rows[0]?.number, rows[0]?.runs, rows.at(-1)?.number]).toEqual([200, 2_000, 0, 1_801]);
    expect(await call.history.list({ formulaId: made.id, limit: 200, having: 'runs' })).toEqual([]);
  });

  it('says of what it was a branch, as a text', async () => {
    const { id } = await someVersion();
    const branch = await call.branch.create({ versionId: id, name: 'Faster' });
    const { text } = await call.history.export({ formulaId: branch.id });
    const made = await call.history.import({ text });
    expect(made.name).toBe('Faster 2');
    expect(await call.formula.get({ id: made.id })).toMatchObject({
      branchOf: null,
      saidOrigin: { name: 'Trend', version: 1 },
    });
    const again = readHistory((await call.history.export({ formulaId: made.id })).text);
    expect(again.ok && again.value.origin).toMatchObject({ name: 'Trend', version: 1 });
  });

  it('that says little and would make gigabytes is refused, and nothing is made', async () => {
    const large = `${Array.from({ length: 600 }, (_, i) => `a${i} = sma(close, ${i + 2}) > ${i}`).join('\n')}\nbuy(when: a0)\n`;
    const { formulaId } = await someVersion('Large', large);
    const file = shape.parse(JSON.parse((await call.history.export({ formulaId })).text));
    const versionsOf = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ ...file.versions[0], number: at + 1 }));
    const before = (await call.formula.list()).length;
    const text = JSON.stringify({ ...file, versions: versionsOf(5_000) });
    expect(text.length).toBeLessThan(LONGEST_HISTORY);
    // Each text takes most of what a person may read in ten seconds.
    const colleague = async () => callAs(api.runtime, await createMember(api.db, owner.orgId, 'editor'));
    await expect((await colleague()).history.import({ text })).rejects.toThrow('too large to be kept');
    expect((await call.formula.list()).length).toBe(before);
    // As many as there can be in a file that was written here.
    const json = JSON.stringify(file.formulas).length;
    const most = Math.floor(LONGEST_HISTORY / json);
    const largest = JSON.stringify({ ...file, versions: versionsOf(most) });
    const made = await (await colleague()).history.import({ text: largest });
    expect(made.versions).toBe(most);
  });

  it('that is none is refused in a sentence, and nothing is made', async () => {
    const before = (await call.formula.list()).length;
    for (const text of ['', '{}', 'buy(when: true)', '{"format":"alphaloom/history@9"}'])
      await expect(call.history.import({ text })).rejects.toMatchObject({ code: 'UNPROCESSABLE_CONTENT' });
    await expect(call.history.export({ formulaId: idOf('formula', crypto.randomUUID()) })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await call.formula.list()).length).toBe(before);
  });
});
