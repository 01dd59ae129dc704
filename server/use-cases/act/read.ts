import { asSystem, withOrg, type Database, type Tx } from '#server/db/database.ts';
import type { Caller } from '../context.ts';
import { asOfNow } from './as-of-now.ts';
import { neededBy, type Freely, type Right } from './right.ts';

/**
 * One transaction in the principal's organisation that can only read: Postgres refuses any change. In a snapshot all of
 * its statements see one moment.
 */
export async function read<T>(
  caller: Pick<Caller, 'db' | 'principal' | 'current'>,
  right: Right,
  work: (tx: Tx) => Promise<T>,
  access: 'read' | 'snapshot' = 'read',
): Promise<T> {
  const { db, principal } = caller;
  const { permission } = neededBy(right);
  await asOfNow(caller, permission);
  return withOrg(db, principal.orgId, work, access);
}

/** The same over all organisations, for the reason that is given. */
export async function readAcross<T>(db: Database, _reason: Freely, work: (tx: Tx) => Promise<T>): Promise<T> {
  return asSystem(db, work, 'read');
}
