import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { firstClient } from '#collab/epoch.ts';
import { toFormula } from '#collab/to-formula.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { EMPTY_FORMULA } from '#core/formula/model/formula.ts';
import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import { newDocument } from '#server/compute/formula/new-document.ts';
import { readStored } from '#server/compute/formula/read-stored.ts';
import { askHere } from '#server/compute/formula-threads.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { appendUpdates } from '#server/db/queries/document-updates.ts';
import { insertSnapshot, loadDocument } from '#server/db/queries/documents.ts';
import { findEndedEpochs } from '#server/db/queries/epochs.ts';
import { formulas, openDocuments, realtimeServers } from '#server/db/schema/index.ts';
import { unheard } from '#server/db/unheard.ts';
import { createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { compactIdleDocuments, forgetOldEpochs, rebaseQuietDocuments } from './maintain-documents.ts';
import { rebaseDocument } from './rebase-document.ts';

const log = pino({ level: 'silent' });
let database: TestDatabase;
let orgId: OrgId;
let formulaId: FormulaId;

beforeAll(async () => {
  database = await createTestDatabase();
  orgId = await createOrganisation(database.db);
});
afterAll(() => database.close());
beforeEach(async () => {
  formulaId = await withOrg(database.db, orgId, async (tx) => {
    const [row] = await tx.insert(formulas).values({ orgId, name: 'Test' }).returning({ id: formulas.id });
    if (!row) throw new Error('no row');
    await insertSnapshot(tx, { orgId, formulaId: row.id, state: newDocument(row.id, EMPTY_FORMULA, 'Test') });
    return row.id;
  });
});

const load = () =>
  withOrg(database.db, orgId, async (tx) => {
    const stored = await loadDocument(tx, formulaId);
    if (!stored) throw new Error('a document');
    return stored;
  });
const rows = async (): Promise<number> => (await load()).updates.length - 1;
const formula = async () => toFormula(readStored(await load())).formula;

/** So many clients each write once, `minutes` ago. */
async function write(clients: number, minutes: number): Promise<void> {
  const { sequence, epoch, updates } = await load();
  const doc = readStored({ updates });
  const changes = Array.from({ length: clients }, (_, i) => {
    const client = new Y.Doc();
    Y.applyUpdate(client, Y.encodeStateAsUpdate(doc));
    writeEdits(client, [{ type: 'addNode', id: `n${sequence + i}`, node: { block: 'close', args: {} } }], null);
    const bytes = Y.encodeStateAsUpdate(client, Y.encodeStateVector(doc));
    Y.applyUpdate(doc, bytes);
    return { actorId: null, bytes };
  });
  await withOrg(database.db, orgId, (tx) =>
    appendUpdates(tx, { orgId, formulaId, after: sequence, epoch, editors: [] }, changes),
  );
  await age(minutes);
}

/** The last change was so many minutes ago. */
const age = (minutes: number) =>
  withOrg(database.db, orgId, (tx) =>
    tx.execute(
      sql`update formula_updates set created_at = now() - make_interval(mins => ${minutes}) where formula_id = ${formulaId}`,
    ),
  );

async function setOpen(beatSecondsAgo: number): Promise<void> {
  const serverId = crypto.randomUUID();
  await asSystem(database.db, async (tx) => {
    await tx
      .insert(realtimeServers)
      .values({ id: serverId, name: 'test', beatAt: new Date(Date.now() - beatSecondsAgo * 1000) });
    await tx.insert(openDocuments).values({ serverId, formulaId, orgId, people: 1, clients: 1 });
  });
}

describe('the scheduled compaction', () => {
  it('takes documents that a server has left with many updates, once they are quiet', async () => {
    await write(25, 1);
    await compactIdleDocuments({ db: database.db, log, formulas: askHere });
    expect(await rows()).toBe(25);
    await age(11);
    const before = await formula();
    await compactIdleDocuments({ db: database.db, log, formulas: askHere });
    expect(await rows()).toBe(0);
    expect(await formula()).toEqual(before);
  });

  it('leaves documents alone that people have open, unless their server is dead', async () => {
    await write(25, 11);
    await setOpen(1);
    await compactIdleDocuments({ db: database.db, log, formulas: askHere });
    expect(await rows()).toBe(25);
    await asSystem(database.db, (tx) => tx.update(realtimeServers).set({ beatAt: new Date(Date.now() - 60_000) }));
    await compactIdleDocuments({ db: database.db, log, formulas: askHere });
    expect(await rows()).toBe(0);
  });
});

describe('the scheduled re-base', () => {
  it('takes documents that many have written, once they have been quiet for long', async () => {
    await write(205, 20);
    await compactIdleDocuments({ db: database.db, log, formulas: askHere });
    await write(1, 20);
    const before = await formula();
    await rebaseQuietDocuments({ db: database.db, log, formulas: askHere });
    expect((await load()).epoch).toBe(1);
    await age(61);
    await rebaseQuietDocuments({ db: database.db, log, formulas: askHere });
    const after = await load();
    expect([after.epoch, after.updates.length, [...readStored(after).store.clients.keys()]]).toEqual([
      2,
      1,
      [firstClient(formulaId, 2)],
    ]);
    expect(await formula()).toEqual(before);
    await rebaseQuietDocuments({ db: database.db, log, formulas: askHere });
    expect((await load()).epoch).toBe(2);
  });

  it('is not kept from one document by another that can not be read', async () => {
    await withOrg(database.db, orgId, (tx) =>
      tx.execute(sql`update formula_snapshots set state = '\\x0102', clients = 9999 where formula_id = ${formulaId}`),
    );
    const broken = formulaId;
    formulaId = await withOrg(database.db, orgId, async (tx) => {
      const [row] = await tx.insert(formulas).values({ orgId, name: 'Fine' }).returning({ id: formulas.id });
      if (!row) throw new Error('no row');
      await insertSnapshot(tx, { orgId, formulaId: row.id, state: newDocument(row.id, EMPTY_FORMULA, 'Fine') });
      return row.id;
    });
    await withOrg(database.db, orgId, (tx) =>
      tx.execute(sql`update formula_snapshots set dead = 9999 where formula_id = ${formulaId}`),
    );
    await rebaseQuietDocuments({ db: database.db, log, formulas: askHere });
    expect((await load()).epoch).toBe(2);
    formulaId = broken;
    expect((await load()).epoch).toBe(1);
  });
});

describe('what a document had at the end of its epochs', () => {
  it('is kept for those who come back late, and forgotten after four hundred days', async () => {
    const ends = async () =>
      (await withOrg(database.db, orgId, (tx) => findEndedEpochs(tx, formulaId, [1, 2, 3]))).map(({ epoch }) => epoch);
    const endedDaysAgo = (epoch: number, days: number) =>
      withOrg(database.db, orgId, (tx) =>
        tx.execute(
          sql`update formula_epochs set ended_at = now() - make_interval(days => ${days}) where formula_id = ${formulaId} and epoch = ${epoch}`,
        ),
      );
    await rebaseDocument({ orgId, formulaId, formulas: askHere, ...unheard(database.db, orgId) });
    await rebaseDocument({ orgId, formulaId, formulas: askHere, ...unheard(database.db, orgId) });
    expect(await ends()).toEqual([1, 2]);
    await endedDaysAgo(1, 401);
    await endedDaysAgo(2, 399);
    await forgetOldEpochs({ db: database.db });
    expect(await ends()).toEqual([2]);
  });
});
