import { sql } from 'drizzle-orm';
import type { Tx } from '../database.ts';

/** Sends a text to whoever listens on a channel of Postgres, at the commit. */
export async function notify(tx: Tx, channel: string, text: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${channel}, ${text})`);
}
