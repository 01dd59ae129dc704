import { bigint, integer, pgTable, varchar } from 'drizzle-orm/pg-core';

/**
 * What was used of the limits that hold for all servers together; the columns are those of `rate-limiter-flexible`. Of
 * no organisation.
 */
export const rateLimits = pgTable('rate_limits', {
  key: varchar('key', { length: 255 }).primaryKey(),
  points: integer('points').notNull().default(0),
  /** When the points are given back; UTC milliseconds. */
  expire: bigint('expire', { mode: 'number' }),
});
