import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Replica } from '#collab/replica.ts';
import { toFormula } from '#collab/to-formula.ts';
import { writeEdits } from '#collab/write-edits.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { FormulaId } from '#core/requests/ids.ts';
import { asSystem } from '#server/db/database.ts';
import { auditLog, realtimeServers } from '#server/db/schema/index.ts';
import type { Person } from '#server/policies/principal.ts';
import {
  createFormula,
  openTab,
  ORIGIN,
  serveRealtime,
  signIn,
  type TestServer,
} from '#server/realtime/testing/harness.ts';
import { callAs } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
let servers: readonly TestServer[];
let admin: Person;
let editor: Person;
let formulaId: FormulaId;
const opened: Replica[] = [];

beforeEach(async () => {
  const orgId = await createOrganisation(api.db);
  admin = await createMember(api.db, orgId, 'admin');
  editor = await createMember(api.db, orgId, 'editor');
  formulaId = await createFormula(api.db, orgId);
  servers = [await serveRealtime(api.database), await serveRealtime(api.database)];
});
afterEach(async () => {
  for (const tab of opened.splice(0)) await tab.destroy();
  for (const server of servers) await server.close();
});

const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 15_000, interval: 10 });
const as = (actor: Person) => callAs(api.runtime, actor);

async function open(actor: Person, server = 0): Promise<Replica> {
  const tab = await openTab(servers[server]?.url ?? '', formulaId, await signIn(api.db, actor), null);
  opened.push(tab);
  await until(() => expect(tab.getStatus().connection).toBe('online'));
  return tab;
}
async function edit(tab: Replica, ...edits: Edit[]): Promise<void> {
  writeEdits(tab.doc, edits, ORIGIN);
  await until(() => expect(tab.getStatus().saved).toBe('saved'));
}
const period = (arg: number): Edit => ({ type: 'setArg', id: 'fast', port: 'timePeriod', arg });
const formulaIn = (tab: Replica) => toFormula(tab.doc).formula;
const acts = () =>
  asSystem(api.db, (tx) =>
    tx
      .select({ action: auditLog.action, actorId: auditLog.actorId, difference: auditLog.difference })
      .from(auditLog)
      .where(sql`org_id = ${admin.orgId}`)
      .orderBy(auditLog.at),
  );

describe('the list of documents', () => {
  it('says who has which open, on which server, and what it weighs', async () => {
    const [ada, ben] = [await open(editor), await open(await createMember(api.db, editor.orgId, 'viewer'), 1)];
    await open(editor);
    await edit(ada, period(20));
    await edit(ada, period(21));
    const find = async () => (await as(admin).document.list()).find((row) => row.formulaId === formulaId);
    await until(async () =>
      expect(await find()).toMatchObject({
        name: 'Test',
        people: 2,
        updates: 2,
        clients: 2,
        epoch: 1,
        compactedAt: null,
      }),
    );
    const row = await find();
    expect(row?.servers).toHaveLength(2);
    expect(row?.bytes).toBeGreaterThan(100);
    await ben.destroy();
    await until(async () => expect((await find())?.servers).toHaveLength(1));
  });

  it('forgets a server that was killed', async () => {
    await open(editor);
    await until(async () => expect(await as(admin).document.list()).toMatchObject([{ people: 1 }]));
    await asSystem(api.db, (tx) => tx.update(realtimeServers).set({ beatAt: new Date(Date.now() - 20_000) }));
    expect(await as(admin).document.list()).toMatchObject([{ people: 0, servers: [] }]);
  });
});

describe('an admin', () => {
  it('compacts and re-bases while people are there, and it is on record', async () => {
    const tab = await open(editor, 1);
    await edit(tab, period(20));
    await edit(tab, { type: 'removeNode', id: 'price' });
    await as(admin).document.compact({ formulaId });
    expect(await as(admin).document.list()).toMatchObject([{ updates: 0, clients: 2, epoch: 1 }]);
    expect((await as(admin).document.list())[0]?.compactedAt).toBeGreaterThan(Date.now() - 60_000);
    const [before, doc] = [formulaIn(tab), tab.doc];
    expect(await as(admin).document.rebase({ formulaId })).toEqual({ epoch: 2 });
    await until(() => expect(tab.doc).not.toBe(doc));
    expect(formulaIn(tab)).toEqual(before);
    await edit(tab, period(22));
    await until(async () =>
      expect(await as(admin).document.list()).toMatchObject([{ updates: 1, clients: 2, epoch: 2, dead: 0 }]),
    );
    expect(await acts()).toMatchObject([
      { action: 'document.compacted', actorId: admin.userId },
      { action: 'document.rebased', actorId: admin.userId, difference: { epoch: [1, 2] } },
    ]);
  });

  it('is one: editors may restore, and no more', async () => {
    for (const call of [
      () => as(editor).document.list(),
      () => as(editor).document.compact({ formulaId }),
      () => as(editor).document.rebase({ formulaId }),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const viewer = await createMember(api.db, editor.orgId, 'viewer');
    const { id } = await as(editor).version.create({ formulaId, message: '' });
    await expect(as(viewer).version.restore({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const stranger = await createMember(api.db, await createOrganisation(api.db), 'owner');
    for (const call of [() => as(stranger).document.rebase({ formulaId }), () => as(stranger).version.restore({ id })])
      await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('restoring a version', () => {
  it('is seen by everybody at once, on every server, and can be taken back', async () => {
    const [ada, ben] = [await open(editor), await open(await createMember(api.db, editor.orgId, 'editor'), 1)];
    const first = formulaIn(ada);
    const one = await as(editor).version.create({ formulaId, message: 'One' });
    await edit(
      ada,
      period(20),
      { type: 'removeNode', id: 'price' },
      { type: 'addNode', id: 'n', node: { block: 'ema', args: {} }, at: { x: 1, y: 2 } },
    );
    const second = formulaIn(ada);
    const docs = [ada.doc, ben.doc];
    expect(await as(admin).version.restore({ id: one.id })).toMatchObject({ formulaId, number: 1, before: 2 });
    await until(() => expect([formulaIn(ada).nodes, formulaIn(ben).nodes]).toEqual([first.nodes, first.nodes]));
    expect([ada.doc, ben.doc]).toEqual(docs);
    const versions = await as(editor).version.list({ formulaId });
    expect(versions.map(({ number, message, author }) => [number, message, author])).toEqual([
      [2, 'Before version 1 was restored', admin.name],
      [1, 'One', editor.name],
    ]);
    expect((await as(editor).version.create({ formulaId, message: 'Again' })).contentHash).toBe(one.contentHash);

    await as(editor).version.restore({ id: versions[0]?.id ?? '' });
    await until(() => expect([formulaIn(ada), formulaIn(ben)]).toEqual([second, second]));
    expect((await acts()).filter(({ action }) => action === 'version.restored')).toMatchObject([
      {
        actorId: admin.userId,
        difference: { version: [2, 1], changes: [null, expect.arrayContaining(['fast: timePeriod 20 → 10'])] },
      },
      { actorId: editor.userId, difference: { version: [3, 2] } },
    ]);
  });

  it('makes no version when the newest one says what is there, and is no undo step of anybody', async () => {
    const ada = await open(editor);
    const one = await as(editor).version.create({ formulaId, message: 'One' });
    await edit(ada, period(20));
    const two = await as(editor).version.create({ formulaId, message: 'Two' });
    const restored = { formulaId, number: 1, before: two.number, beforeId: two.id, isChanged: true };
    expect(await as(editor).version.restore({ id: one.id })).toEqual(restored);
    await until(() => expect(formulaIn(ada).nodes['fast']?.args['timePeriod']).toBe(10));
    ada.undo.undo();
    expect(formulaIn(ada).nodes['fast']?.args['timePeriod']).toBe(10);
  });

  it('loses nothing that is being typed at that moment', async () => {
    const ada = await open(editor);
    const { id } = await as(editor).version.create({ formulaId, message: 'One' });
    for (let i = 0; i < 20; i++)
      writeEdits(ada.doc, [{ type: 'addNode', id: `n${i}`, node: { block: 'sma', args: {} } }], ORIGIN);
    const restored = as(editor).version.restore({ id });
    for (let i = 20; i < 40; i++)
      writeEdits(ada.doc, [{ type: 'addNode', id: `n${i}`, node: { block: 'sma', args: {} } }], ORIGIN);
    const { before } = await restored;
    await until(() => expect(ada.getStatus().saved).toBe('saved'));
    const [version] = (await as(editor).version.list({ formulaId })).filter(({ number }) => number === before);
    const { json } = await as(editor).version.get({ id: version?.id ?? '' });
    const kept = Array.from({ length: 40 }, (_, i) => `n${i}`).filter(
      (node) => json.includes(`"${node}"`) || node in formulaIn(ada).nodes,
    );
    expect(kept).toHaveLength(40);
  });
});
