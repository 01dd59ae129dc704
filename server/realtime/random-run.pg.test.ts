import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { applyEdits } from '#collab/apply-edits.ts';
import { anyEdit } from '#collab/testing/arbitrary.ts';
import { toFormula } from '#collab/to-formula.ts';
import { createUndo } from '#collab/undo.ts';
import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import type { Actor } from '#server/auth/actor.ts';
import { asSystem } from '#server/db/database.ts';
import { memberships } from '#server/db/schema/index.ts';
import type { Role } from '#server/policies/permissions.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { createFormula, openFormula, serveRealtime, signIn } from './testing/harness.ts';

const PEOPLE = 4;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

async function setRole({ orgId, userId }: Actor, role: Role): Promise<void> {
  await asSystem(database.db, async (tx) => {
    await tx.update(memberships).set({ role }).where(and(eq(memberships.orgId, orgId), eq(memberships.userId, userId)));
    await notifyAccessChanged(tx, userId);
  });
}

const who = fc.nat(PEOPLE - 1);
const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('edit' as const), who, edits: fc.array(anyEdit, { minLength: 1, maxLength: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('redo' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reconnect' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('role' as const), who, role: fc.constantFrom<Role>('viewer', 'editor') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), server: fc.nat(1) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), who }) },
);

describe('several people, two servers, lost lines, undo, changed roles and restarts', () => {
  it('end with one formula, everywhere', { timeout: 120_000 }, async () => {
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
            const editor = openFormula(servers[i % 2]?.url ?? '', formulaId, await signIn(database.db, actor));
            return { ...editor, actor, undo: createUndo(editor.doc, i) };
          }),
        );
        for (const one of steps) {
          const person = 'who' in one ? people[one.who] : undefined;
          if (one.do === 'edit') applyEdits(person?.doc ?? new Y.Doc(), one.edits, one.who);
          else if (one.do === 'undo') person?.undo.undo();
          else if (one.do === 'redo') person?.undo.redo();
          else if (one.do === 'reconnect') person?.connection.reconnect();
          else if (one.do === 'role' && person) await setRole(person.actor, one.role);
          else if (one.do === 'restart') {
            const port = Number(new URL(servers[one.server]?.url ?? '').port);
            await servers[one.server]?.close();
            servers[one.server] = await serveRealtime(database, limits, port);
          } else if (one.do === 'wait') await vi.waitFor(() => expect(person?.connection.getStatus().connection).toBe('online'), { timeout: 10_000, interval: 2 });
        }
        for (const { actor } of people) await setRole(actor, 'editor');
        await vi.waitFor(
          () => {
            const [first, ...others] = people.map(({ doc }) => JSON.stringify(toFormula(doc)));
            for (const other of others) expect(other).toBe(first);
            for (const { connection } of people) expect(connection.getStatus()).toMatchObject({ saved: 'saved', unsaved: 0, canEdit: true });
          },
          { timeout: 20_000, interval: 5 },
        );
        for (const { connection } of people) connection.destroy();
        const stored = new Y.Doc();
        Y.applyUpdate(stored, (await servers[0]?.realtime.snapshot(formulaId)) ?? new Uint8Array());
        expect(JSON.stringify(toFormula(stored))).toBe(JSON.stringify(toFormula(people[0]?.doc ?? new Y.Doc())));
        await Promise.all(servers.map((server) => server.close()));
      }),
      // Shrinking real sockets takes too long; the seed and the steps are printed.
      { numRuns: 6, endOnFailure: true },
    );
  });
});
