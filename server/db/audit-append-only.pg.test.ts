import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { asSystem, withOrg } from './database.ts';
import { insertAudits } from './queries/audit.ts';
import { auditLog, organisations, users } from './schema/index.ts';

let database: TestDatabase;
let ada: Awaited<ReturnType<typeof createMember>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  ada = await createMember(database.db, await createOrganisation(database.db), 'owner');
  await asSystem(database.db, (tx) =>
    insertAudits(tx, [
      {
        orgId: ada.orgId,
        actorId: ada.userId,
        ip: null,
        action: 'member.joined',
        entity: 'member',
        entityId: ada.userId,
      },
    ]),
  );
});

const kept = () =>
  asSystem(database.db, (tx) =>
    tx
      .select({ action: auditLog.action, actorId: auditLog.actorId })
      .from(auditLog)
      .where(eq(auditLog.orgId, ada.orgId)),
  );

describe('the audit log', () => {
  it.each([
    ["update audit_log set action = 'nothing'"],
    ['update audit_log set actor_id = null'],
    ['delete from audit_log'],
    ['truncate audit_log'],
    [
      "insert into audit_log (id, org_id, action, entity, entity_id) select id, org_id, 'x', 'y', 'z' from audit_log on conflict (id) do update set action = 'x'",
    ],
  ])('refuses every other change: %s', async (statement) => {
    const before = await kept();
    expect(before).toHaveLength(1);
    // Whoever owns the table is stopped by a trigger, the others by their rights already.
    await expect(database.asOwner(statement)).rejects.toThrow('The audit log can only be added to.');
    await expect(asSystem(database.db, (tx) => tx.execute(statement))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
    await expect(withOrg(database.db, ada.orgId, (tx) => tx.execute(statement))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
    expect(await kept()).toEqual(before);
  });

  it('keeps its records when a person is erased, without the person, and goes with its organisation', async () => {
    await asSystem(database.db, (tx) => tx.delete(users).where(eq(users.id, ada.userId)));
    expect(await kept()).toEqual([{ action: 'member.joined', actorId: null }]);
    await asSystem(database.db, (tx) => tx.delete(organisations).where(eq(organisations.id, ada.orgId)));
    expect(await kept()).toEqual([]);
  });
});
