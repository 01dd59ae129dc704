import postgres from 'postgres';
import type { DatabaseUrls } from '#server/db/urls.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The roles; that of `migration` may create databases. */
    postgres: DatabaseUrls;
  }
}

export const TEMPLATE = 'alphaloom_template';

/** The same server and role, another database. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

export const inDatabase = ({ app, system, migration }: DatabaseUrls, name: string): DatabaseUrls => ({
  app: withDatabase(app, name),
  system: withDatabase(system, name),
  migration: withDatabase(migration, name),
});

/** One statement on a connection of its own, such as those that no transaction may hold. */
export async function runOn(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
