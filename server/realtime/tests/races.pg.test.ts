import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import * as Y from 'yjs';
import { toFormula } from '#collab/to-formula.ts';
import { writeEdits } from '#collab/write-edits.ts';
import type { FormulaId } from '#core/requests/ids.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { runOn } from '#server/testing/template.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { createFormula, openFormula, serveRealtime, signIn, type Editor, type TestServer } from '../testing/harness.ts';

// Documents leave the memory as soon as nobody has them open, and are compacted all the time.
const LIMITS = { idleMs: 1, updatesToCompact: 2 };

let database: TestDatabase;
let server: TestServer;
let formulaId: FormulaId;
let cookies: string[];
let made: string[];
let editors: Editor[];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  server = await serveRealtime(database, LIMITS);
  const orgId = await createOrganisation(database.db);
  formulaId = await createFormula(database.db, orgId);
  cookies = [];
  for (let i = 0; i < 3; i++) cookies.push(await signIn(database.db, await createMember(database.db, orgId, 'editor')));
  [made, editors] = [[], []];
});
afterEach(async () => {
  for (const { connection } of editors) connection.destroy();
  await server.close();
});

const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 30_000, interval: 5 });

function open(cookie = cookies[0] ?? ''): Editor {
  const editor = openFormula(server.url, formulaId, cookie);
  editors.push(editor);
  return editor;
}

function edit({ doc }: Editor): void {
  const id = `n${made.length}`;
  made.push(id);
  writeEdits(doc, [{ type: 'addNode', id, node: { block: 'sma', args: { timePeriod: made.length } } }], 'someone');
}

const isSaved = ({ connection }: Editor): Promise<void> =>
  until(() => expect(connection.getStatus()).toMatchObject({ connection: 'online', saved: 'saved', unsaved: 0 }));

async function everythingIsStored(): Promise<void> {
  const stored = new Y.Doc();
  Y.applyUpdate(stored, await server.realtime.snapshot(formulaId));
  expect(Object.keys(toFormula(stored).formula.nodes)).toEqual(expect.arrayContaining(made));
}

describe('coming and going', () => {
  it('within milliseconds loses nothing, and leaves nothing behind', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 40; round++) {
      const editor = open(cookies[round % 3]);
      if (round % 4 === 3) {
        // Gone before the document is loaded.
        editor.connection.destroy();
        continue;
      }
      await until(() => expect(editor.connection.getStatus().connection).toBe('online'));
      edit(editor);
      if (round % 2 === 0) editor.connection.reconnect();
      await isSaved(editor);
      editor.connection.destroy();
    }
    await everythingIsStored();
    await until(() => expect(server.realtime.stats()).toMatchObject({ sockets: 0, rooms: 0, documents: 0 }));
  });
});

describe('while people edit', () => {
  /** Three people edit until told to stop; each edit waits for nothing. */
  async function underLoad(disturb: () => Promise<void>): Promise<void> {
    const people = cookies.map(open);
    await Promise.all(people.map(isSaved));
    let isOver = false;
    const work = (async () => {
      for (let turn = 0; !isOver; turn++) {
        const person = people[turn % people.length];
        if (person) edit(person);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    })();
    await until(() => expect(made.length).toBeGreaterThan(20));
    await disturb();
    isOver = true;
    await work;
    // Back-off may be seconds by now; somebody presses "try again".
    for (const { connection } of people) if (connection.getStatus().connection !== 'online') connection.reconnect();
    await Promise.all(people.map(isSaved));
    await everythingIsStored();
    const [first, ...others] = people.map(({ doc }) => JSON.stringify(toFormula(doc)));
    for (const other of others) expect(other).toBe(first);
  }

  it('the store fails for a while: all of it is saved once it works again [W3]', { timeout: 60_000 }, () =>
    underLoad(async () => {
      await database.asOwner('alter table formula_updates rename to formula_updates_away');
      const before = made.length;
      await until(() => expect(made.length).toBeGreaterThan(before + 50));
      await database.asOwner('alter table formula_updates_away rename to formula_updates');
    }),
  );

  it('the database restarts: all of it is saved once it is back', { timeout: 60_000 }, () =>
    underLoad(async () => {
      const name = new URL(database.urls.app).pathname.slice(1);
      const { migration, ...others } = inject('postgres');
      for (let times = 0; times < 3; times++) {
        await runOn(migration, `alter database ${name} allow_connections false`);
        // A role may end its own connections only.
        for (const url of Object.values(others))
          await runOn(
            url,
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and usename = current_user`,
          );
        const before = made.length;
        await until(() => expect(made.length).toBeGreaterThan(before + 50));
        await runOn(migration, `alter database ${name} allow_connections true`);
        await until(async () => expect(await database.sql`select 1`).toHaveLength(1));
      }
    }),
  );
});
