import { sql as raw } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import type { OrgId } from '#core/requests/ids.ts';
import * as schema from './schema/index.ts';
import { DATABASE_TIMES, type DatabaseTimes } from './time-limits.ts';
import type { DatabaseUrls } from './urls.ts';

export type Schema = typeof schema;
type Connections = PostgresJsDatabase<Schema>;

/** Taken by `withOrg` and `asSystem`, which choose the role. */
export interface Database {
  /** Under row-level security: no row without an organisation. */
  readonly app: Connections;
  /** Sees the rows of all organisations. */
  readonly system: Connections;
  /** Both are one role, to which the transaction must say what it may see. */
  readonly isShared: boolean;
}

/** What queries take: a transaction that says whose rows it may see. */
export type Tx = Parameters<Parameters<Connections['transaction']>[0]>[0];

export interface OpenDatabase {
  readonly db: Database;
  /**
   * The system role's client below drizzle, for LISTEN and for queries that drizzle can't say. It leaves times as text
   * and takes JSON as text, since drizzle converts both itself.
   */
  readonly sql: Sql;
  close(): Promise<void>;
}

/** Connections of each role at the most. What people do takes more of them than the system's short looks. */
const MOST = { app: 10, system: 6 };

export const isAnswering = async (sql: Sql): Promise<boolean> => (await sql`select 1`).length === 1;

interface OpenOptions {
  readonly max?: number;
  readonly times?: Readonly<Record<'app' | 'system', DatabaseTimes>>;
}

export function openDatabase(
  urls: Pick<DatabaseUrls, 'app' | 'system'>,
  { max: most, times = DATABASE_TIMES }: OpenOptions = {},
): OpenDatabase {
  const connect = (url: string, max: number, limits: DatabaseTimes): Sql =>
    postgres(url, {
      max,
      onnotice: () => undefined,
      // Spares a query on each new connection: the types of this schema are all known.
      fetch_types: false,
      connection: { application_name: 'alphaloom', ...timeoutsOf(limits) },
    });
  const app = connect(urls.app, most ?? MOST.app, times.app);
  const system = connect(urls.system, most ?? MOST.system, times.system);
  return {
    db: { app: drizzle(app, { schema }), system: drizzle(system, { schema }), isShared: urls.app === urls.system },
    sql: system,
    close: async () => void (await Promise.all([app.end({ timeout: 5 }), system.end({ timeout: 5 })])),
  };
}

/** As parameters of a connection. */
export const timeoutsOf = ({ statement, lock, idle }: DatabaseTimes) => ({
  statement_timeout: statement,
  lock_timeout: lock,
  idle_in_transaction_session_timeout: idle,
});

/**
 * A transaction for reading refuses every change; a lock of rows is one. All statements of a snapshot see one moment,
 * which costs one more way to the database.
 */
type Access = 'read' | 'snapshot' | 'write';

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * One transaction that sees and writes only rows of `orgId`; row-level security holds even where a query forgets its
 * filter.
 */
export function withOrg<T>(
  db: Database,
  orgId: OrgId,
  work: (tx: Tx) => Promise<T>,
  access: Access = 'write',
): Promise<T> {
  if (!UUID.test(orgId)) throw new Error('withOrg needs the id of an organisation');
  return transactionAs(db.app, orgId, work, access);
}

/** One transaction that sees all organisations: for sign-in, the worker's listings and the realtime server. */
export function asSystem<T>(db: Database, work: (tx: Tx) => Promise<T>, access: Access = 'write'): Promise<T> {
  return db.isShared || access !== 'write'
    ? transactionAs(db.system, db.isShared ? 'system' : '', work, access)
    : db.system.transaction(work);
}

function transactionAs<T>(
  connections: Connections,
  org: string,
  work: (tx: Tx) => Promise<T>,
  access: Access,
): Promise<T> {
  const started = async (tx: Tx): Promise<T> => {
    await tx.execute(
      access !== 'write'
        ? raw`select set_config('alphaloom.org', ${org}, true), set_config('transaction_read_only', 'on', true)`
        : raw`select set_config('alphaloom.org', ${org}, true)`,
    );
    return work(tx);
  };
  return access === 'snapshot'
    ? connections.transaction(started, { isolationLevel: 'repeatable read' })
    : connections.transaction(started);
}
