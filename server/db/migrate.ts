import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runDrizzle } from 'drizzle-orm/postgres-js/migrator';
import { Logger, runMigrations as runGraphileWorker } from 'graphile-worker';
import postgres from 'postgres';
import { timeoutsOf } from './database.ts';
import { applyRights } from './rights/apply-rights.ts';
import { findRoles } from './rights/check-roles.ts';
import { DATABASE_TIMES } from './time-limits.ts';
import type { DatabaseUrls } from './urls.ts';

// Any number will do, as long as every process takes the same.
const MIGRATION_LOCK = 7_201_533;
const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));
const quiet = new Logger(() => () => undefined);

/**
 * Brings the database to the newest schema, graphile-worker's included, and gives the roles their rights. Processes
 * that start at once wait for each other. Throws, with the commands that help, when a role may do more than it should,
 * and when other roles than these have the rights, unless `mayReplaceRoles`.
 */
export async function migrate(urls: DatabaseUrls, { mayReplaceRoles = false } = {}): Promise<void> {
  const roles = await findRoles(urls);
  // One connection, since the lock belongs to it.
  const sql = postgres(urls.migration, {
    max: 1,
    onnotice: () => undefined,
    connection: timeoutsOf(DATABASE_TIMES.migration),
  });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await runDrizzle(drizzle(sql), { migrationsFolder: MIGRATIONS });
    await runGraphileWorker({ connectionString: urls.migration, logger: quiet });
    await applyRights(sql, roles, mayReplaceRoles);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
