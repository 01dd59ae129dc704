import postgres from 'postgres';
import { beforeAll, describe, expect, it } from 'vitest';
import { listTables, twoOrganisations, type Table } from '#server/testing/two-organisations.ts';
import { DECLARED_RIGHTS } from './declared-rights.ts';

const two = twoOrganisations();
let tables: readonly Table[];
beforeAll(async () => {
  tables = await listTables(two.database);
});

describe('tables', () => {
  it('are declared, each, and all that is declared is there', () => {
    expect(tables.map((table) => table.name).toSorted()).toEqual(Object.keys(DECLARED_RIGHTS).toSorted());
  });

  it('have row-level security and belong to neither role', async () => {
    const open = await two.database.sql`
      select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public') and relkind in ('r', 'p') and (not relrowsecurity or pg_has_role('alphaloom_app', relowner, 'member') or pg_has_role('alphaloom_system', relowner, 'member'))`;
    expect([...open]).toEqual([]);
  });

  it('grant nothing to everybody, and nothing beyond reading and writing', async () => {
    const granted = await two.database.sql`
      select c.relname, acl.privilege_type from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) acl
      where n.nspname in ('public', 'graphile_worker', 'drizzle') and acl.grantee <> c.relowner
        and (acl.grantee = 0 or (c.relkind <> 'S' and acl.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')) or (n.nspname <> 'public' and acl.grantee = 'alphaloom_app'::regrole))`;
    expect([...granted]).toEqual([]);
  });

  it('refer to rows of the same organisation only', async () => {
    // A foreign key passes by row-level security: one without the organisation would tell, and tie to, rows of others.
    const loose = await two.database.sql`
      select k.conrelid::regclass::text as of, k.confrelid::regclass::text as to from pg_constraint k
      where k.contype = 'f' and exists (select from pg_attribute t where t.attrelid = k.confrelid and t.attname = 'org_id')
        and not exists (select from pg_attribute t where t.attrelid = k.conrelid and t.attname = 'org_id' and t.attnum = any(k.conkey))`;
    expect([...loose]).toEqual([]);
  });

  it('have an index on the side of each foreign key from which rows are looked for', async () => {
    const slow = await two.database.sql`
      select k.conrelid::regclass::text as table, k.conname from pg_constraint k
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace and not exists (
        select from pg_index i where i.indrelid = k.conrelid and i.indpred is null and i.indkey[0] = any(k.conkey)
          and (cardinality(k.conkey) = 1 or i.indkey[0] <> (select attnum from pg_attribute where attrelid = k.conrelid and attname = 'org_id') or i.indkey[1] = any(k.conkey)))`;
    expect([...slow]).toEqual([]);
  });
});

it('lets the owner read every table without row-level security, as a backup does', async () => {
  const owner = postgres(two.database.urls.migration, {
    max: 1,
    fetch_types: false,
    connection: { row_security: 'off' },
  });
  for (const { name: table } of tables)
    expect({ table, rows: (await owner`select from ${owner(table)}`).count }).toMatchObject({
      rows: expect.toSatisfy((rows: number) => rows > 0),
    });
  await owner.end();
});
