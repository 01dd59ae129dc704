import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { fillDocument } from '#collab/fill.ts';
import { toFormula } from '#collab/to-formula.ts';
import { toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import type { FormulaId } from '#core/requests/ids.ts';
import { readStored } from '#server/compute/formula/read-stored.ts';
import { asSystem } from '#server/db/database.ts';
import { meanwhile } from '#server/db/no-transaction.ts';
import { loadDocument } from '#server/db/queries/documents.ts';
import { auditLog, formulaSnapshots, formulaUpdates, versions } from '#server/db/schema/index.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const CODE = 'line = sma(close, 20)\n\nbuy(when: close > line)\n';

const api = testApi();
let editor: Person;
let call: Caller;

beforeEach(async () => {
  editor = await createMember(api.db, await createOrganisation(api.db), 'editor');
  call = callAs(api.runtime, editor);
});

const documentOf = async (formulaId: FormulaId): Promise<Y.Doc> =>
  readStored((await asSystem(api.db, (tx) => loadDocument(tx, formulaId))) ?? { updates: [] });

/** Changes the shared document as the realtime server does: by appending to the updates. */
async function edit(formulaId: FormulaId, sequence: number, code: string): Promise<void> {
  const doc = await documentOf(formulaId);
  const before = Y.encodeStateVector(doc);
  doc.getMap('nodes').clear();
  doc.getMap('args').clear();
  fillDocument(doc, parse(code).formula, 'Edited');
  const bytes = Y.encodeStateAsUpdate(doc, before);
  await asSystem(api.db, (tx) =>
    tx.insert(formulaUpdates).values({ formulaId, orgId: editor.orgId, sequence, actorId: editor.userId, bytes }),
  );
}

describe('a formula', () => {
  it('is made from code, as a shared document', async () => {
    const { id } = await call.formula.create({ name: 'Trend', code: CODE });
    expect(print(toFormula(await documentOf(id)).formula)).toBe(print(parse(CODE).formula));
    expect(await call.formula.list()).toMatchObject([
      { id, name: 'Trend', createdBy: editor.name, versionCount: 0, lastBacktest: null },
    ]);
  });

  it('is made empty', async () => {
    const { id } = await call.formula.create({ name: 'Blank' });
    expect(toFormula(await documentOf(id)).formula.nodes).toEqual({});
  });

  it('takes JSON where code may be given', async () => {
    const { id } = await call.formula.create({ name: 'From JSON', code: toJson(parse(CODE).formula) });
    expect(print(toFormula(await documentOf(id)).formula)).toBe(print(parse(CODE).formula));
  });

  it('is not made from code that can not be read, and the problems are told', async () => {
    const attempt = call.formula.create({ name: 'Broken', code: 'line = = 1\n' });
    await expect(attempt).rejects.toMatchObject({
      code: 'UNPROCESSABLE_CONTENT',
      cause: { code: 'FORMULA_INVALID', details: { diagnostics: [{ severity: 'error' }] } },
    });
    expect(await call.formula.list()).toEqual([]);
  });

  it('is renamed, archived and put back, each on record', async () => {
    const { id } = await call.formula.create({ name: 'Trend' });
    await call.formula.rename({ id, name: 'Drift' });
    await call.formula.archive({ id });
    expect(await call.formula.list()).toEqual([]);
    expect(await call.formula.list({ archived: true })).toMatchObject([{ id, name: 'Drift' }]);
    await call.formula.archive({ id, archived: false });
    expect(await call.formula.get({ id })).toMatchObject({ name: 'Drift', archivedAt: null });
    const log = await asSystem(api.db, (tx) =>
      tx
        .select()
        .from(auditLog)
        .where(sql`entity_id = ${id}`)
        .orderBy(auditLog.at),
    );
    expect(log.map((entry) => entry.action)).toEqual([
      'formula.created',
      'formula.renamed',
      'formula.archived',
      'formula.restored',
    ]);
    expect(log[1]?.difference).toEqual({ name: ['Trend', 'Drift'] });
  });

  it('has the tags that it was given last, each once, also when they are long or none', async () => {
    const { id } = await call.formula.create({ name: 'Trend' });
    await call.formula.tag({ id, tags: ['trend', ' long only ', 'trend'] });
    expect(await call.formula.list()).toMatchObject([{ id, tags: ['trend', 'long only'] }]);
    await call.formula.tag({ id, tags: [] });
    expect(await call.formula.get({ id })).toMatchObject({ tags: [] });
    const many = Array.from({ length: 13 }, (_, index) => `t${index}`);
    await expect(call.formula.tag({ id, tags: many })).rejects.toThrow(/at most 12 tags/);
    await expect(call.formula.tag({ id, tags: [' '] })).rejects.toThrow();
  });

  it('is copied as it is now, unsaved edits included', async () => {
    const { id } = await call.formula.create({ name: 'Trend', code: CODE });
    await edit(id, 1, CODE.replace('20', '30'));
    const copy = await call.formula.duplicate({ id });
    expect(await call.formula.get({ id: copy.id })).toMatchObject({ name: 'Trend (copy)' });
    expect(print(toFormula(await documentOf(copy.id)).formula)).toContain('30');
  });
});

describe('a version', () => {
  it('keeps the formula as it is in the shared document', async () => {
    const { id } = await call.formula.create({ name: 'Trend', code: CODE });
    const first = await call.version.create({ formulaId: id, message: 'Start' });
    await edit(id, 1, CODE.replace('20', '30'));
    const second = await call.version.create({ formulaId: id, message: 'Slower' });
    expect([first.number, second.number]).toEqual([1, 2]);
    expect(first.contentHash).not.toBe(second.contentHash);
    expect(await call.version.list({ formulaId: id })).toMatchObject([
      { number: 2, message: 'Slower', author: editor.name },
      { number: 1, message: 'Start' },
    ]);
    expect(await call.version.get({ id: first.id })).toMatchObject({
      code: print(parse(CODE).formula),
      parentId: null,
      errorCount: 0,
    });
    expect(await call.version.get({ id: second.id })).toMatchObject({
      code: print(parse(CODE.replace('20', '30')).formula),
      parentId: first.id,
    });
  });

  it('gets a number of its own however many are saved at once', async () => {
    const { id } = await call.formula.create({ name: 'Trend', code: CODE });
    const taken = await Promise.all(
      Array.from({ length: 8 }, (_, index) => call.version.create({ formulaId: id, message: `${index}` })),
    );
    expect(taken.map((version) => version.number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('sees one moment of the document while it is compacted', async () => {
    const { id } = await call.formula.create({ name: 'Trend', code: CODE });
    await edit(id, 1, CODE.replace('20', '30'));
    const state = Y.encodeStateAsUpdate(await documentOf(id));
    await asSystem(api.db, async (tx) => {
      await tx
        .update(formulaSnapshots)
        .set({ state, sequence: 1 })
        .where(sql`formula_id = ${id}`);
      // In the middle of the compaction, on another connection: the old snapshot and its update, both or neither.
      const { id: taken } = await meanwhile(() => call.version.create({ formulaId: id, message: 'meanwhile' }));
      const { code } = await meanwhile(() => call.version.get({ id: taken }));
      expect(code).toContain('30');
      await tx.delete(formulaUpdates).where(sql`formula_id = ${id}`);
    });
    const after = await call.version.create({ formulaId: id, message: 'after' });
    expect((await call.version.get({ id: after.id })).code).toContain('30');
  });

  it('is never changed, not even by a query that tries', async () => {
    const { id } = await call.formula.create({ name: 'Trend', code: CODE });
    await call.version.create({ formulaId: id, message: 'Start' });
    const tamper = asSystem(api.db, (tx) =>
      tx
        .update(versions)
        .set({ code: 'sell(when: true)' })
        .where(sql`formula_id = ${id}`),
    );
    await expect(tamper).rejects.toMatchObject({ cause: { message: 'permission denied for table versions' } });
    // Nor by the owner of the table.
    await expect(api.database.asOwner("update versions set code = 'sell(when: true)'")).rejects.toThrow(
      'rows of versions are never changed',
    );
  });
});
