import { sql } from 'drizzle-orm';
import type { Tx } from '#server/db/database.ts';

/** Channel on which the id of a person is sent whose sessions, role or membership changed, so that open sockets look again. */
export const ACCESS_CHANNEL = 'alphaloom_access';

export async function notifyAccessChanged(tx: Tx, userId: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${ACCESS_CHANNEL}, ${userId})`);
}
