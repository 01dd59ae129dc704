import { lt, sql } from 'drizzle-orm';
import { asSystem } from '#server/db/database.ts';
import { events } from '#server/db/schema/index.ts';
import type { JobHandler } from '../handler.ts';

/** A browser that was away for longer reads everything anew. */
const KEPT = sql`interval '2 days'`;

export const handler: JobHandler<Record<string, never>> = {
  run: async (_payload, { db }) => {
    await asSystem(db, (tx) => tx.delete(events).where(lt(events.createdAt, sql`now() - ${KEPT}`)));
  },
};
