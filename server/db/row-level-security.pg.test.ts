import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { asSystem, withOrg } from './database.ts';
import { formulas, organisations } from './schema/index.ts';

let database: TestDatabase;
const a = idOf('organisation', crypto.randomUUID());
const b = idOf('organisation', crypto.randomUUID());

beforeAll(async () => {
  database = await createTestDatabase();
  await asSystem(database.db, async (tx) => {
    await tx.insert(organisations).values([
      { id: a, name: 'A' },
      { id: b, name: 'B' },
    ]);
    await tx.insert(formulas).values([
      { orgId: a, name: 'of A' },
      { orgId: b, name: 'of B' },
    ]);
  });
});
afterAll(() => database.close());

describe('row-level security', () => {
  it('shows nothing to a query that names no organisation', async () => {
    expect(await database.db.app.select().from(formulas)).toEqual([]);
    expect(await database.db.app.select().from(organisations)).toEqual([]);
  });

  it('does not take the word of a query that says it is the system', async () => {
    const seen = await database.db.app.transaction(async (tx) => {
      await tx.execute(sql`select set_config('alphaloom.org', 'system', true)`);
      return tx.select().from(formulas);
    });
    expect(seen).toEqual([]);
  });

  it('shows only its own rows to an organisation, even when the query forgets the filter', async () => {
    const rows = await withOrg(database.db, a, (tx) => tx.select().from(formulas));
    expect(rows.map((row) => row.name)).toEqual(['of A']);
  });

  it('does not leak from one transaction of a connection into the next', async () => {
    await database.db.app.transaction(async (tx) => {
      await tx.execute(sql`select set_config('alphaloom.org', ${a}, true)`);
    });
    for (let i = 0; i < 10; i++) expect(await database.db.app.select().from(formulas)).toEqual([]);
  });

  it('changes and deletes nothing of another organisation', async () => {
    await withOrg(database.db, a, (tx) =>
      tx
        .update(formulas)
        .set({ name: 'taken' })
        .where(sql`true`),
    );
    await withOrg(database.db, a, (tx) => tx.delete(formulas).where(sql`name = 'of B'`));
    const names = await withOrg(database.db, b, (tx) => tx.select({ name: formulas.name }).from(formulas));
    expect(names).toEqual([{ name: 'of B' }]);
  });

  it('refuses to write a row for another organisation', async () => {
    const write = withOrg(database.db, a, (tx) => tx.insert(formulas).values({ orgId: b, name: 'planted' }));
    await expect(write).rejects.toMatchObject({ cause: { code: '42501' } });
  });

  it('does not take anything but the id of an organisation for one', () => {
    expect(() => withOrg(database.db, idOf('organisation', 'system'), async () => undefined)).toThrow(
      /id of an organisation/,
    );
  });
});
