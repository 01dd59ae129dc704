import { and, eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLOSE } from '#collab/messages.ts';
import type { Replica } from '#collab/replica.ts';
import { MemoryStore } from '#collab/testing/memory-store.ts';
import type { FormulaId } from '#core/requests/ids.ts';
import { askHere } from '#server/compute/formula-threads.ts';
import { asSystem } from '#server/db/database.ts';
import {
  auditLog,
  damagedDocuments,
  formulas,
  formulaSnapshots,
  formulaUpdates,
  versions,
} from '#server/db/schema/index.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { compactIdleDocuments } from '#server/use-cases/document/maintain-documents.ts';
import { closeOf, openTab, serveRealtime, signIn, type TestServer } from '../testing/harness.ts';
import { add, edit, formulaIn, online, saved, until } from '../testing/tabs.ts';

const CODE = 'fast = sma(close, 10)\nbuy(when: close > fast)\n';
const RUBBISH = Uint8Array.of(255, 255, 255, 255, 1);

const api = testApi();
let server: TestServer;
let editor: Person;
let viewer: Person;
let formulaId: FormulaId;
const opened: Replica[] = [];

beforeEach(async () => {
  const orgId = await createOrganisation(api.db);
  editor = await createMember(api.db, orgId, 'editor');
  viewer = await createMember(api.db, orgId, 'viewer');
  server = await serveRealtime(api.database, { idleMs: 0 });
  ({ id: formulaId } = await as(editor).formula.create({ name: 'Damaged', code: CODE }));
});
afterEach(async () => {
  for (const tab of opened.splice(0)) await tab.destroy();
  await server.close();
});

const as = (actor: Person) => callAs(api.runtime, actor);
const open = async (actor: Person, store: MemoryStore | null = null): Promise<Replica> => {
  const tab = await openTab(server.url, formulaId, await signIn(api.db, actor), store);
  opened.push(tab);
  return tab;
};
const leave = async (tab: Replica): Promise<void> => {
  opened.splice(opened.indexOf(tab), 1);
  await tab.destroy();
};
const codeOf = async (): Promise<string> => (await as(editor).formula.export({ id: formulaId })).code;
const closed = async (): Promise<number> =>
  (
    await closeOf(`${server.url}/${formulaId}`, {
      cookie: await signIn(api.db, editor),
      origin: server.url.replace('ws', 'http'),
    })
  ).code;
const acts = () =>
  asSystem(api.db, (tx) =>
    tx
      .select({ action: auditLog.action, difference: auditLog.difference })
      .from(auditLog)
      .where(and(eq(auditLog.entityId, formulaId), sql`action like 'document.%'`))
      .orderBy(auditLog.at),
  );

/** Three edits as three rows, on top of a snapshot, in a server that is stopped before anything is damaged. */
async function written(): Promise<void> {
  const tab = await open(editor);
  await online(tab);
  for (const id of ['one', 'two', 'three']) {
    edit(tab, add(id));
    await saved(tab);
  }
  await leave(tab);
  await server.close();
}

/** Each is bad luck with the rows of a document; what can be read after it. */
const DAMAGES: Readonly<
  Record<
    string,
    { readonly damage: () => Promise<unknown>; readonly readable: number; readonly nodes: readonly string[] }
  >
> = {
  'an update is rubbish': { damage: () => setUpdate(2, RUBBISH), readable: 2, nodes: ['one'] },
  'an update is empty': { damage: () => setUpdate(2, new Uint8Array()), readable: 2, nodes: ['one'] },
  'the snapshot is cut off': {
    damage: () =>
      asSystem(api.db, (tx) =>
        tx
          .update(formulaSnapshots)
          .set({ state: sql`substr(state, 1, octet_length(state) / 2)` })
          .where(eq(formulaSnapshots.formulaId, formulaId)),
      ),
    readable: 3,
    nodes: ['one', 'two', 'three'],
  },
  'the snapshot is gone': {
    damage: () =>
      asSystem(api.db, (tx) => tx.delete(formulaSnapshots).where(eq(formulaSnapshots.formulaId, formulaId))),
    readable: 3,
    nodes: ['one', 'two', 'three'],
  },
};

const setUpdate = (sequence: number, bytes: Uint8Array) =>
  asSystem(api.db, (tx) =>
    tx
      .update(formulaUpdates)
      .set({ bytes })
      .where(and(eq(formulaUpdates.formulaId, formulaId), eq(formulaUpdates.sequence, sequence))),
  );

describe('a document that can not be read', () => {
  it.each(Object.entries(DAMAGES))(
    'because %s is set aside in words, on record, and comes back as what can be read of it',
    async (_what, { damage, readable, nodes }) => {
      await written();
      await damage();
      server = await serveRealtime(api.database, { idleMs: 0 });

      expect([await closed(), await closed()]).toEqual([CLOSE.unreadable, CLOSE.unreadable]);
      expect(await acts()).toMatchObject([{ action: 'document.set-aside' }]);
      for (const call of [
        () => codeOf(),
        () => as(editor).version.create({ formulaId, message: '' }),
        () => as(editor).formula.duplicate({ id: formulaId }),
      ]) {
        await expect(call()).rejects.toMatchObject({ cause: { name: 'AppError' } });
      }
      const tab = await open(editor);
      await until(() =>
        expect(tab.getStatus()).toMatchObject({ connection: 'offline', refusal: { code: 'UNREADABLE' } }),
      );

      expect(await as(viewer).document.damage({ formulaId })).toMatchObject({
        changes: { readable, all: 4 },
        version: null,
      });
      await expect(as(viewer).document.recover({ formulaId, from: 'readable' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      await expect(as(editor).document.recover({ formulaId, from: 'version' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await as(editor).document.recover({ formulaId, from: 'readable' });
      tab.reconnect();
      await online(tab);
      expect(Object.keys(formulaIn(tab.doc).nodes)).toEqual(expect.arrayContaining([...nodes]));
      edit(tab, add('after'));
      await saved(tab);
      expect(await as(editor).document.damage({ formulaId })).toBeNull();
      await expect(as(editor).document.recover({ formulaId, from: 'readable' })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
      expect((await acts()).map(({ action }) => action)).toEqual(['document.set-aside', 'document.recovered']);
      const kept = await asSystem(api.db, (tx) =>
        tx.select({ id: damagedDocuments.id }).from(damagedDocuments).where(eq(damagedDocuments.formulaId, formulaId)),
      );
      expect(kept.length).toBeGreaterThanOrEqual(3);
    },
  );

  it('comes back as its last good version, with what somebody had not saved', async () => {
    const before = await codeOf();
    await as(editor).version.create({ formulaId, message: 'Good' });
    await asSystem(api.db, (tx) =>
      tx.insert(versions).values({
        orgId: editor.orgId,
        formulaId,
        number: 2,
        message: 'Bad',
        authorId: editor.userId,
        code: '',
        json: '{"format":',
        contentHash: 'bad',
        errorCount: 0,
        documentState: RUBBISH,
      }),
    );
    const store = new MemoryStore();
    const tab = await open(editor, store);
    await online(tab);
    await server.close();
    edit(tab, add('unsaved'));
    await leave(tab);
    await asSystem(api.db, (tx) =>
      tx.update(formulaSnapshots).set({ state: RUBBISH }).where(eq(formulaSnapshots.formulaId, formulaId)),
    );
    server = await serveRealtime(api.database);

    expect(await as(editor).document.damage({ formulaId })).toMatchObject({
      changes: { readable: 0, all: 1 },
      nodes: 0,
      version: { number: 1, message: 'Good' },
    });
    expect(await as(editor).document.recover({ formulaId, from: 'version' })).toEqual({ epoch: 2 });
    expect(await codeOf()).toBe(before);
    const back = await open(editor, store);
    await online(back);
    await saved(back);
    expect(Object.keys(formulaIn(back.doc).nodes)).toContain('unsaved');
    expect(await acts()).toMatchObject([{ action: 'document.recovered', difference: { epoch: [1, 2] } }]);
  });

  it('is not tended any more, and keeps no other from its turn', async () => {
    await asSystem(api.db, (tx) =>
      tx.insert(formulaUpdates).values(
        Array.from({ length: 60 }, (_, i) => ({
          formulaId,
          orgId: editor.orgId,
          sequence: i + 1,
          bytes: RUBBISH,
          createdAt: new Date(0),
        })),
      ),
    );
    const lines: string[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    await compactIdleDocuments({ db: api.db, log, formulas: askHere });
    const seen = lines.length;
    expect(seen).toBeGreaterThan(0);
    expect(await acts()).toMatchObject([{ action: 'document.set-aside' }]);
    await compactIdleDocuments({ db: api.db, log, formulas: askHere });
    expect(lines.length).toBe(seen);
  });

  it('of another organisation is nobody’s business', async () => {
    const stranger = await createMember(api.db, await createOrganisation(api.db), 'owner');
    await expect(as(stranger).document.damage({ formulaId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(as(stranger).document.recover({ formulaId, from: 'readable' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('a formula that is whole', () => {
  it('is not recovered', async () => {
    expect(await as(editor).document.damage({ formulaId })).toBeNull();
    await expect(as(editor).document.recover({ formulaId, from: 'readable' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await acts()).toEqual([]);
    const [row] = await asSystem(api.db, (tx) =>
      tx.select({ since: formulas.unreadableSince }).from(formulas).where(eq(formulas.id, formulaId)),
    );
    expect(row).toEqual({ since: null });
  });
});
