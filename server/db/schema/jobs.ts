import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Which of graphile-worker's pools are alive: jobs that a dead pool has locked are freed. */
export const workerHeartbeats = pgTable('worker_heartbeats', {
  poolId: text('pool_id').primaryKey(),
  beatAt: instant('beat_at').notNull().defaultNow(),
});
