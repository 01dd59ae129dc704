/**
 * `npm run db:migrate`: the database of `DATABASE_URL` and its kin, brought to this version and given its rights,
 * without starting anything.
 */
import { loadConfig } from '#server/config/config.ts';
import { environment } from '#server/config/environment.ts';
import { migrate } from '#server/db/migrate.ts';
import { isShared } from '#server/db/urls.ts';
import { printLine, step } from '#server/observability/announce.ts';

const { database, databaseRoles } = loadConfig(environment);
if (database)
  await step('Migrating the database', () =>
    migrate(database, { mayReplaceRoles: databaseRoles === (isShared(database) ? 'one' : 'three') }),
  );
else {
  printLine('There is no DATABASE_URL. The built-in Postgres is migrated whenever the server starts.');
  process.exitCode = 1;
}
