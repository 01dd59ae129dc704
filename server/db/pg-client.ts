import type { Sql } from 'postgres';

type Value = string | number | null;

/**
 * The little of `pg` that the limiter of rates calls, which writes its own queries. `onFailure` is told of each query
 * that fails.
 */
export const pgClient = (sql: Sql, onFailure: (error: unknown) => void) => ({
  query: async ({ text, values }: { readonly text: string; readonly values: readonly Value[] }) => {
    try {
      const rows = await sql.unsafe(text, [...values], { prepare: true });
      return { rows, rowCount: rows.count };
    } catch (error) {
      onFailure(error);
      throw error;
    }
  },
});
