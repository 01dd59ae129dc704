import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { Replica } from '#collab/replica.ts';
import { anyEdit } from '#collab/testing/arbitrary.ts';
import { argsWithValue, FilledArgs } from '#collab/testing/filled.ts';
import { MemoryStore } from '#collab/testing/memory-store.ts';
import { toFormula } from '#collab/to-formula.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { graphOf } from '#core/formula/facts/graph.ts';
import { isRef } from '#core/formula/model/formula.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { asSystem } from '#server/db/database.ts';
import { memberships } from '#server/db/schema/index.ts';
import type { Role } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { createFormula, openTab, ORIGIN, rebaseFormula, serveRealtime, signIn } from '../testing/harness.ts';

const PEOPLE = 4;
/** `npm run test:soak` sets more. */

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

async function setRole({ orgId, userId }: Person, role: Role): Promise<void> {
  await asSystem(database.db, async (tx) => {
    await tx
      .update(memberships)
      .set({ role })
      .where(and(eq(memberships.orgId, orgId), eq(memberships.userId, userId)));
    await notifyAccessChanged(tx, userId);
  });
}

const isOnline = (tab: Replica): Promise<void> =>
  vi.waitFor(() => expect(tab.getStatus().connection).toBe('online'), { timeout: 10_000, interval: 2 });

/** What holds at every moment: the formula can be drawn and run, and *Saved* is said only of all. */
function expectSound(tab: Replica): void {
  const { formula } = toFormula(tab.doc);
  const { vertices, sorted } = graphOf(formula);
  expect(sorted).toHaveLength(vertices.length);
  for (const { args } of Object.values(formula.nodes))
    for (const arg of Object.values(args)) if (isRef(arg)) expect(formula.nodes).toHaveProperty([arg.from]);
  const { saved, unsaved } = tab.getStatus();
  if (saved === 'saved') expect(unsaved).toBe(0);
}

const who = fc.nat(PEOPLE - 1);
const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      who,
      edits: fc.array(anyEdit, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('redo' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reconnect' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('role' as const), who, role: fc.constantFrom<Role>('viewer', 'editor') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), server: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rebase' as const) }) },
  // The tab is closed, with whatever is not saved, and opened again.
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reopen' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), who }) },
);

describe('several people, two servers, lost lines, undo, changed roles, restarts, re-bases and closed tabs', () => {
  it('end with one formula, everywhere', { timeout: 120_000 * SCALE }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const orgId = await createOrganisation(database.db);
        const formulaId = await createFormula(database.db, orgId);
        // Low numbers, so that compaction and the unloading of documents happen too.
        const limits = { updatesToCompact: 5, idleMs: 1 };
        const servers = [await serveRealtime(database, limits), await serveRealtime(database, limits)];
        const people = await Promise.all(
          Array.from({ length: PEOPLE }, async (_, i) => {
            const actor = await createMember(database.db, orgId, 'editor');
            const [cookie, store] = [await signIn(database.db, actor), new MemoryStore()];
            const open = () => openTab(servers[i % 2]?.url ?? '', formulaId, cookie, store);
            const tab = await open();
            // What was never here can not be kept.
            await isOnline(tab);
            return { actor, open, tab, filled: new FilledArgs() };
          }),
        );
        for (const one of steps) {
          const person = 'who' in one ? people[one.who] : undefined;
          if (one.do === 'edit')
            person?.filled.during(person.tab.doc, () => writeEdits(person.tab.doc, one.edits, ORIGIN));
          else if (one.do === 'undo' && person) {
            const staying = person.filled.mustStay(people.map(({ tab }) => tab.doc));
            person.tab.undo.undo();
            expect([...argsWithValue(person.tab.doc)]).toEqual(expect.arrayContaining([...staying]));
          } else if (one.do === 'redo') person?.filled.during(person.tab.doc, () => person.tab.undo.redo());
          else if (one.do === 'reconnect') person?.tab.reconnect();
          else if (one.do === 'rebase') await rebaseFormula(database.db, orgId, formulaId);
          else if (one.do === 'reopen' && person) {
            const before = [person.tab.getStatus().unsaved, JSON.stringify(toFormula(person.tab.doc))];
            await person.tab.destroy();
            person.tab = await person.open();
            expect([person.tab.getStatus().unsaved, JSON.stringify(toFormula(person.tab.doc))]).toEqual(before);
          } else if (one.do === 'role' && person) await setRole(person.actor, one.role);
          else if (one.do === 'restart') {
            const port = Number(new URL(servers[one.server]?.url ?? '').port);
            await servers[one.server]?.close();
            servers[one.server] = await serveRealtime(database, limits, port);
          } else if (one.do === 'wait' && person) await isOnline(person.tab);
          for (const { tab } of people) expectSound(tab);
        }
        for (const { actor } of people) await setRole(actor, 'editor');
        await vi.waitFor(
          () => {
            const [first, ...others] = people.map(({ tab }) => JSON.stringify(toFormula(tab.doc)));
            for (const other of others) expect(other).toBe(first);
            for (const { tab } of people)
              expect(tab.getStatus()).toMatchObject({ saved: 'saved', unsaved: 0, canEdit: true });
          },
          { timeout: 20_000, interval: 5 },
        );
        const last = JSON.stringify(toFormula(people[0]?.tab.doc ?? new Y.Doc()));
        for (const { tab } of people) await tab.destroy();
        const stored = new Y.Doc();
        Y.applyUpdate(stored, (await servers[0]?.realtime.snapshot(formulaId)) ?? new Uint8Array());
        expect(JSON.stringify(toFormula(stored))).toBe(last);
        await Promise.all(servers.map((server) => server.close()));
      }),
      // Shrinking real sockets takes too long; the seed and the steps are printed.
      { numRuns: Math.round(6 * SCALE), endOnFailure: true },
    );
  });
});
