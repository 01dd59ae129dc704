import { and, eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { toFormula } from '#collab/to-formula.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { idOf } from '#core/requests/ids.ts';
import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { asSystem } from '#server/db/database.ts';
import { deleteSessionsOfUser } from '#server/db/queries/sessions.ts';
import { memberships, sessions } from '#server/db/schema/index.ts';
import type { Role } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { closeOf, openFormula, openStock, serveRealtime, signIn, type Editor } from '../testing/harness.ts';
import { period, periodIn, testTabs, until } from '../testing/tabs.ts';

const tabs = testTabs();

async function member(role: Role): Promise<{ actor: Person; cookie: string }> {
  const actor = await createMember(tabs.db, tabs.orgId, role);
  return { actor, cookie: await signIn(tabs.db, actor) };
}

async function open(role: Role = 'editor', url = tabs.server.url): Promise<Editor & { actor: Person }> {
  const { actor, cookie } = await member(role);
  const editor = openFormula(url, tabs.formulaId, cookie);
  tabs.closeLater(editor.connection);
  await until(() =>
    expect(editor.connection.getStatus()).toMatchObject({ connection: 'online', canEdit: role !== 'viewer' }),
  );
  return { ...editor, actor };
}

async function stock(): Promise<WebsocketProvider> {
  const { cookie } = await member('editor');
  const provider = openStock(tabs.server.url, tabs.formulaId, cookie);
  tabs.closeLater(provider);
  await until(() => expect(provider.synced).toBe(true));
  return provider;
}

const saved = (editor: Editor): Promise<void> =>
  until(() => expect(editor.connection.getStatus()).toMatchObject({ saved: 'saved', unsaved: 0 }));

/** What a server that starts now would show. */
async function stored(): Promise<Y.Doc> {
  const fresh = await serveRealtime(tabs.database);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await fresh.realtime.snapshot(tabs.formulaId));
  await fresh.close();
  return doc;
}

describe('people in one formula', () => {
  it('see each other, with the stock client and nothing but the cookie', async () => {
    const [ada, ben] = [await stock(), await stock()];
    expect(periodIn(ada.doc)).toBe(10);
    writeEdits(ada.doc, [period(20)], 'ada');
    await until(() => expect(periodIn(ben.doc)).toBe(20));
    writeEdits(ben.doc, [period(30)], 'ben');
    await until(() => expect(periodIn(ada.doc)).toBe(30));
  });

  it('see who is there, by the name that the server knows [P1] [P2]', async () => {
    const [ada, ben] = [await open(), await stock()];
    ben.awareness.setLocalState({ cursor: { x: 1, y: 2 }, user: { id: 'me', name: 'Somebody else' } });
    const others = () =>
      [...ada.connection.awareness.getStates()]
        .filter(([client]) => client === ben.doc.clientID)
        .map(([, state]) => state);
    await until(() =>
      expect(others()).toMatchObject([{ cursor: { x: 1, y: 2 }, user: { name: expect.stringMatching(/^editor /) } }]),
    );
    ben.destroy();
    await until(() => expect(others()).toEqual([]));
  });

  it('are told that all is saved when the database has it, deletions too', async () => {
    const ada = await open();
    const states: string[] = [];
    ada.connection.subscribe(() => states.push(ada.connection.getStatus().saved));
    writeEdits(ada.doc, [period(21)], 'ada');
    expect(ada.connection.getStatus()).toMatchObject({ saved: 'saving', unsaved: 1 });
    await saved(ada);
    expect(periodIn(await stored())).toBe(21);
    writeEdits(ada.doc, [{ type: 'clearArg', id: 'fast', port: 'timePeriod' }], 'ada');
    await saved(ada);
    expect(periodIn(await stored())).toBe(undefined);
    expect(states).toEqual(['saving', 'saved', 'saving', 'saved']);
  });

  it('keep what they change while the server is away, and save it when it is back', async () => {
    const [ada, ben] = [await open(), await open()];
    writeEdits(ada.doc, [period(22)], 'ada');
    await saved(ada);
    const back = await tabs.away();
    await until(() => expect(ada.connection.getStatus()).toMatchObject({ connection: 'offline', saved: 'offline' }));
    writeEdits(ada.doc, [{ type: 'setName', id: 'fast', name: 'quick' }], 'ada');
    expect(ada.connection.getStatus()).toMatchObject({ saved: 'offline', unsaved: 1 });
    await back();
    await saved(ada);
    await until(() =>
      expect(toFormula(ben.doc).formula.nodes['fast']).toMatchObject({ name: 'quick', args: { timePeriod: 22 } }),
    );
  });
});

describe('the database', () => {
  it('has everything that was acknowledged, whoever stops and starts', async () => {
    const [ada, ben] = [await open(), await stock()];
    for (let i = 1; i <= 50; i++)
      writeEdits(
        i % 2 ? ada.doc : ben.doc,
        [{ type: 'addNode', id: `n${i}`, node: { block: 'sma', args: { timePeriod: i } } }],
        'someone',
      );
    await saved(ada);
    await until(() => expect(Object.keys(toFormula(ada.doc).formula.nodes)).toHaveLength(52));
    expect(toFormula(await stored()).formula).toEqual(toFormula(ada.doc).formula);
  });

  it('is compacted when nobody has the document open any more', async () => {
    const back = await tabs.away();
    await back({ idleMs: 1 });
    const ada = await open();
    writeEdits(ada.doc, [period(23)], 'ada');
    await saved(ada);
    const count = async () =>
      (
        await tabs.database.sql.begin(async (sql) => {
          await sql`select set_config('alphaloom.org', 'system', true)`;
          return sql`select sequence from formula_updates where formula_id = ${tabs.formulaId}`;
        })
      ).length;
    expect(await count()).toBeGreaterThan(0);
    ada.connection.destroy();
    await until(async () => expect(await count()).toBe(0));
    expect(periodIn(await stored())).toBe(23);
  });

  it('fails without anybody seeing what was not committed [W1] [W3]', async () => {
    const [ada, ben] = [await open(), await open()];
    const seen: unknown[] = [];
    ben.doc.on('update', () => seen.push(periodIn(ben.doc)));
    await tabs.database.asOwner(
      'alter table formula_updates add constraint broken check (octet_length(bytes) < 0) not valid',
    );
    writeEdits(ada.doc, [period(66)], 'ada');
    await until(() => expect(ada.connection.getStatus()).toMatchObject({ connection: 'offline', unsaved: 1 }));
    expect(periodIn(await stored())).toBe(10);
    expect(seen).toEqual([]);
    await tabs.database.asOwner('alter table formula_updates drop constraint broken');
    await saved(ada);
    await until(() => expect(periodIn(ben.doc)).toBe(66));
    expect(periodIn(await stored())).toBe(66);
  });
});

describe('access', () => {
  it('is refused before anything is said [A1]', async () => {
    const { cookie } = await member('editor');
    const other = await createMember(tabs.db, await createOrganisation(tabs.db), 'owner');
    const url = `${tabs.server.url}/${tabs.formulaId}`;
    expect(await closeOf(url, {})).toMatchObject({ code: 4401 });
    expect(await closeOf(url, { cookie: 'alphaloom_session=nonsense' })).toMatchObject({ code: 4401 });
    expect(await closeOf(url, { cookie, origin: 'https://evil.example' })).toMatchObject({ code: 4403 });
    expect(await closeOf(url, { cookie: await signIn(tabs.db, other) })).toMatchObject({ code: 4404 });
    expect(await closeOf(`${tabs.server.url}/${crypto.randomUUID()}`, { cookie })).toMatchObject({ code: 4404 });
    expect(await closeOf(`${tabs.server.url}/nonsense`, { cookie })).toMatchObject({ code: 4404 });
  });

  it('lets viewers see and be seen, and refuses what they write [W4]', async () => {
    const [ada, vera] = [await open(), await open('viewer')];
    writeEdits(vera.doc, [period(99)], 'vera');
    await until(() =>
      expect(vera.connection.getStatus()).toMatchObject({
        connection: 'online',
        canEdit: false,
        unsaved: 1,
        refusal: { code: 'FORBIDDEN' },
      }),
    );
    writeEdits(ada.doc, [{ type: 'setName', id: 'fast', name: 'quick' }], 'ada');
    await until(() => expect(toFormula(vera.doc).formula.nodes['fast']?.name).toBe('quick'));
    expect(periodIn(ada.doc)).toBe(10);
    vera.connection.awareness.setLocalState({ cursor: null });
    await until(() => expect([...ada.connection.awareness.getStates().keys()]).toContain(vera.doc.clientID));
  });

  it('changes with the role, at once, and takes up what was kept [A3]', async () => {
    const ada = await open();
    await setRole(ada.actor, 'viewer');
    await until(() => expect(ada.connection.getStatus()).toMatchObject({ connection: 'online', canEdit: false }));
    writeEdits(ada.doc, [period(31)], 'ada');
    await until(() => expect(ada.connection.getStatus()).toMatchObject({ unsaved: 1, refusal: { code: 'FORBIDDEN' } }));
    await setRole(ada.actor, 'editor');
    await saved(ada);
    expect(ada.connection.getStatus()).toMatchObject({ canEdit: true });
    expect(ada.connection.getStatus()).not.toHaveProperty('refusal');
    expect(periodIn(await stored())).toBe(31);
  });

  it('ends with the session [A3]', async () => {
    const ada = await open();
    await asSystem(tabs.db, async (tx) => {
      await deleteSessionsOfUser(tx, ada.actor.userId);
      await notifyAccessChanged(tx, ada.actor.userId);
    });
    await until(() =>
      expect(ada.connection.getStatus()).toMatchObject({ connection: 'offline', refusal: { code: 'UNAUTHENTICATED' } }),
    );
  });

  it('ends when the session ends by itself, though nobody tells of it [A3]', async () => {
    const ada = await createMember(tabs.db, tabs.orgId, 'editor');
    const cookie = await signIn(tabs.db, ada);
    await asSystem(tabs.db, (tx) =>
      tx
        .update(sessions)
        .set({
          expiresAt: sql`now() + interval '1500 milliseconds'`,
          absoluteExpiresAt: sql`now() + interval '1500 milliseconds'`,
        })
        .where(eq(sessions.userId, ada.userId)),
    );
    const { connection } = openFormula(tabs.server.url, tabs.formulaId, cookie);
    tabs.closeLater(connection);
    await until(() =>
      expect(connection.getStatus()).toMatchObject({ connection: 'offline', refusal: { code: 'UNAUTHENTICATED' } }),
    );
  });

  async function setRole({ userId }: Person, role: Role): Promise<void> {
    await asSystem(tabs.db, async (tx) => {
      await tx
        .update(memberships)
        .set({ role })
        .where(and(eq(memberships.orgId, tabs.orgId), eq(memberships.userId, userId)));
      await notifyAccessChanged(tx, userId);
    });
  }
});

describe('two servers on one database', () => {
  it('show each other what they commit, and keep one order [M1] [M2]', async () => {
    const ada = await open();
    const elsewhere = await serveRealtime(tabs.database);
    const ben = await open('editor', elsewhere.url);
    for (let i = 1; i <= 20; i++) {
      writeEdits(ada.doc, [{ type: 'addNode', id: `a${i}`, node: { block: 'sma', args: {} } }], 'ada');
      writeEdits(ben.doc, [{ type: 'addNode', id: `b${i}`, node: { block: 'ema', args: {} } }], 'ben');
    }
    await until(() => {
      expect(Object.keys(toFormula(ada.doc).formula.nodes)).toHaveLength(42);
      expect(toFormula(ben.doc).formula).toEqual(toFormula(ada.doc).formula);
    });
    expect(toFormula(await stored()).formula).toEqual(toFormula(ada.doc).formula);
    ben.connection.destroy();
    await elsewhere.close();
  });

  it('show each other who is there, also those who come later, until they leave [M3]', async () => {
    const elsewhere = await serveRealtime(tabs.database);
    const seen = (editor: Editor, by: Editor): unknown =>
      by.connection.awareness.getStates().get(editor.doc.clientID)?.['cursor'];
    const openAt = async (url: string): Promise<Editor> => {
      const editor = openFormula(url, tabs.formulaId, (await member('editor')).cookie);
      tabs.closeLater(editor.connection);
      await until(() => expect(editor.connection.getStatus().connection).toBe('online'));
      return editor;
    };
    const ada = await openAt(tabs.server.url);
    ada.connection.awareness.setLocalStateField('cursor', { x: 1, y: 2 });
    const ben = await openAt(elsewhere.url);
    await until(() => expect(seen(ada, ben)).toEqual({ x: 1, y: 2 }));
    // More than Postgres takes in one notification: together they are sent in parts.
    const crowd = await Promise.all(Array.from({ length: 4 }, () => openAt(elsewhere.url)));
    crowd.forEach(({ connection }) =>
      connection.awareness.setLocalStateField('cursor', { x: 3, y: 4, near: 'n'.repeat(6_000) }),
    );
    await until(() => crowd.forEach((editor) => expect(seen(editor, ada)).toMatchObject({ x: 3, y: 4 })));
    ada.connection.awareness.setLocalStateField('cursor', { x: 5, y: 6 });
    await until(() => expect(seen(ada, ben)).toEqual({ x: 5, y: 6 }));
    ada.connection.destroy();
    await until(() => expect(ben.connection.awareness.getStates().has(ada.doc.clientID)).toBe(false));
    for (const { connection } of [ben, ...crowd]) connection.destroy();
    await elsewhere.close();
  });
});

describe('server code', () => {
  it('reads and edits a document that people have open', async () => {
    const ada = await open();
    await tabs.server.realtime.applyEdits(tabs.formulaId, ada.actor, [period(44)]);
    await until(() => expect(periodIn(ada.doc)).toBe(44));
    expect(periodIn(await stored())).toBe(44);
    await expect(tabs.server.realtime.snapshot(idOf('formula', crypto.randomUUID()))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
