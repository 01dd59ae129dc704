import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/**
 * The last row that somebody has of a list: its time in UTC milliseconds, and its id, since many rows may share a time.
 */
export interface Cursor {
  readonly at: number;
  readonly id: string;
}

/** A part of a list: `limit` rows at the most, behind the cursor. */
export interface Page {
  readonly limit: number;
  readonly cursor?: Cursor | undefined;
}

/**
 * Rows behind the cursor of a list that is ordered by `at` and `id`, the newest first. Columns of times keep
 * milliseconds, as cursors do.
 */
export const behind = (at: PgColumn, id: PgColumn, { cursor }: Page): SQL | undefined =>
  cursor && sql`(${at}, ${id}) < (${new Date(cursor.at).toISOString()}::timestamptz, ${cursor.id}::uuid)`;
