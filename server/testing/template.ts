import postgres from 'postgres';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A role's URL that may create databases. */
    postgres: string;
  }
}

export const TEMPLATE = 'alphaloom_template';

/** The same server and role, another database. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** One statement on a connection of its own, such as those that no transaction may hold. */
export async function runOn(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
