import { sql as raw } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import * as schema from './schema/index.ts';

export type Schema = typeof schema;
export type Database = PostgresJsDatabase<Schema>;
/** What queries take: a transaction that says whose rows it may see. */
export type Tx = Parameters<Parameters<Database['transaction']>[0]>[0];

export interface OpenDatabase {
  readonly db: Database;
  /**
   * The client below drizzle, for LISTEN and for queries that drizzle can't say. It leaves times as text and takes JSON as text, since
   * drizzle converts both itself.
   */
  readonly sql: Sql;
  close(): Promise<void>;
}

export function openDatabase(url: string, options: { max?: number } = {}): OpenDatabase {
  const sql = postgres(url, {
    max: options.max ?? 10,
    onnotice: () => undefined,
    // Spares a query on each new connection: the types of this schema are all known.
    fetch_types: false,
    connection: { application_name: 'alphaloom' },
  });
  return { db: drizzle(sql, { schema }), sql, close: () => sql.end({ timeout: 5 }) };
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** One transaction that sees and writes only rows of `orgId`; row-level security holds even where a query forgets its filter. */
export function withOrg<T>(db: Database, orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (!UUID.test(orgId)) throw new Error('withOrg needs the id of an organisation');
  return transactionAs(db, orgId, work);
}

/** One transaction that sees all organisations: for sign-in, the worker's listings and the realtime server. */
export function asSystem<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transactionAs(db, 'system', work);
}

function transactionAs<T>(db: Database, org: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(raw`select set_config('alphaloom.org', ${org}, true)`);
    return work(tx);
  });
}
