import { sql as raw } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import type { OrgId } from '#core/requests/ids.ts';
import { FairConnections } from './fair-connections.ts';
import { inTransaction, requireNoTransaction } from './no-transaction.ts';
import * as schema from './schema/index.ts';
import { DATABASE_TIMES, SHARED_LOCK_MS, type DatabaseTimes } from './time-limits.ts';
import type { DatabaseUrls } from './urls.ts';

export type Schema = typeof schema;
type Connections = PostgresJsDatabase<Schema>;

/** Taken by `withOrg` and `asSystem`, which choose the role. */
export interface Database {
  /** Under row-level security: no row without an organisation. */
  readonly app: Connections;
  /** Turns of organisations at the connections of `app`. */
  readonly turns: FairConnections;
  /** Sees the rows of all organisations. */
  readonly system: Connections;
  /** Turns of sessions, of all strangers together, and of the house at the connections of `system`. */
  readonly systemTurns: FairConnections;
  /** Turns of networks at the connections that strangers may have. */
  readonly strangersTurns: FairConnections;
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
  const mostOfApp = most ?? MOST.app;
  const app = connect(urls.app, mostOfApp, times.app);
  const mostOfSystem = most ?? MOST.system;
  const system = connect(urls.system, mostOfSystem, times.system);
  return {
    db: {
      app: drizzle(app, { schema }),
      turns: new FairConnections(mostOfApp),
      system: drizzle(system, { schema }),
      systemTurns: new FairConnections(mostOfSystem),
      // Half: where the house has its part too, there is one left for whoever has a session.
      strangersTurns: new FairConnections(Math.max(1, Math.floor(mostOfSystem / 2))),
      isShared: urls.app === urls.system,
    },
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
 * filter. Waits for the organisation's turn at a connection: whoever waits for a lock of an organisation keeps no
 * connection from others.
 */
export function withOrg<T>(
  db: Database,
  orgId: OrgId,
  work: (tx: Tx) => Promise<T>,
  access: Access = 'write',
): Promise<T> {
  if (!UUID.test(orgId)) throw new Error('withOrg needs the id of an organisation');
  // Whoever holds one and waits for another waits for themselves, when all are so.
  requireNoTransaction('a connection of an organisation');
  return db.turns.use(orgId, () => transactionAs(db.app, orgId, work, access));
}

/** On whose account a transaction of the system is: a session's, a network's without one, or the house's. */
export type OnAccountOf = { readonly session: string } | { readonly network: string } | 'house';

/**
 * One transaction that sees all organisations: for sign-in, the worker's listings and the realtime server. Waits for
 * its turn at a connection: neither one network nor all strangers together take the connections that sessions need.
 */
export function asSystem<T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
  access: Access = 'write',
  onAccountOf: OnAccountOf = 'house',
): Promise<T> {
  const run = (): Promise<T> =>
    db.isShared || access !== 'write'
      ? transactionAs(db.system, db.isShared ? 'system' : '', work, access)
      : db.system.transaction((tx) => inTransaction(() => work(tx)));
  if (onAccountOf === 'house') return db.systemTurns.use('house', run);
  if ('session' in onAccountOf) return db.systemTurns.use(`session ${onAccountOf.session}`, run);
  return db.strangersTurns.use(onAccountOf.network, () => db.systemTurns.use('strangers', run));
}

/**
 * From now on in this transaction a lock that somebody else holds is waited for a moment alone: nobody waits long with
 * a connection that all share.
 */
export async function waitShortly(tx: Tx): Promise<void> {
  await tx.execute(raw`select set_config('lock_timeout', ${String(SHARED_LOCK_MS)}, true)`);
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
    return inTransaction(() => work(tx));
  };
  return access === 'snapshot'
    ? connections.transaction(started, { isolationLevel: 'repeatable read' })
    : connections.transaction(started);
}
