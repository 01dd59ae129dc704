import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runDrizzle } from 'drizzle-orm/postgres-js/migrator';
import { Logger, runMigrations as runGraphileWorker } from 'graphile-worker';
import postgres from 'postgres';

// Any number will do, as long as every process takes the same.
const MIGRATION_LOCK = 7_201_533;
const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));
const quiet = new Logger(() => () => undefined);

interface Log {
  warn(message: string): void;
}

/** Brings the database at `url` to the newest schema, graphile-worker's included. Processes that start at once wait for each other. */
export async function migrate(url: string, log?: Log): Promise<void> {
  // One connection, since the lock belongs to it.
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    if (await bypassesRowLevelSecurity(sql)) {
      log?.warn('The database role bypasses row-level security, the second wall between organisations. Use a plain role that owns its database.');
    }
    await runDrizzle(drizzle(sql), { migrationsFolder: MIGRATIONS });
    await runGraphileWorker({ connectionString: url, logger: quiet });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** A superuser sees every organisation's rows whatever the policies say, and nobody would notice. */
async function bypassesRowLevelSecurity(sql: postgres.Sql): Promise<boolean> {
  const [role] = await sql<{ bypasses: boolean }[]>`
    select rolsuper or rolbypassrls as bypasses from pg_roles where rolname = current_user`;
  return role?.bypasses ?? false;
}
