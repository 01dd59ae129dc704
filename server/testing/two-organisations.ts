import { sql } from 'drizzle-orm';
import { afterAll, beforeAll } from 'vitest';
import type { Tx } from '#server/db/database.ts';
import { fillNewest, fillRest } from './fill-rest.ts';
import { fillOrganisation, type Filled } from './organisation.ts';
import { createOrganisation } from './people.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** What `attempt` gives when the rights do not allow something. */
export const REFUSED = Symbol('refused');

/**
 * For the tests of one file: a database in which two organisations have a row in every table, and a way to do as the
 * app's role does.
 */
export function twoOrganisations() {
  let database: TestDatabase;
  let a: Filled;
  let b: Filled;
  beforeAll(async () => {
    database = await createTestDatabase();
    a = await fillOrganisation(database.db, await createOrganisation(database.db));
    b = await fillOrganisation(database.db, await createOrganisation(database.db));
    for (const filled of [a, b]) {
      await fillRest(database.db, filled);
      await fillNewest(database.db, filled);
    }
  });
  afterAll(() => database.close());
  return {
    get database() {
      return database;
    },
    get a() {
      return a;
    },
    get b() {
      return b;
    },
    /** As the app's role, in a transaction that is taken back; `org` may be anything that SQL could set. */
    attempt: async <T>(org: string | null, work: (tx: Tx) => Promise<T>): Promise<T | typeof REFUSED> => {
      const done = Symbol('done');
      let result: { readonly value: T } | undefined;
      try {
        await database.db.app.transaction(async (tx) => {
          if (org !== null) await tx.execute(sql`select set_config('alphaloom.org', ${org}, true)`);
          result = { value: await work(tx) };
          throw done;
        });
      } catch (error) {
        if (error === done && result) return result.value;
        const cause = error instanceof Error ? error.cause : undefined;
        if (typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === '42501') return REFUSED;
        throw error;
      }
      throw new Error('the transaction was taken back');
    },
  };
}

export interface Table extends Record<string, unknown> {
  readonly name: string;
  /** The column that says whose a row is. */
  readonly ofOrg: string | null;
  readonly readable: readonly string[];
  readonly changeable: readonly string[];
}

/**
 * Of the catalogue, not of the schema in TypeScript: a table that was forgotten there would be forgotten here. Rights
 * are those of the app's role.
 */
export const listTables = async ({ db }: TestDatabase): Promise<readonly Table[]> => [
  ...(await db.app.execute<Table>(sql`
  select c.relname as name,
    case when c.relname = 'organisations' then 'id' when exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'org_id') then 'org_id' end as "ofOrg",
    (select coalesce(json_agg(attname), '[]') from pg_attribute t where t.attrelid = c.oid and attnum > 0 and not attisdropped and has_column_privilege(c.oid, attnum, 'select')) as readable,
    (select coalesce(json_agg(attname), '[]') from pg_attribute t where t.attrelid = c.oid and attnum > 0 and not attisdropped and has_column_privilege(c.oid, attnum, 'update')) as changeable
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'f')`)),
];
