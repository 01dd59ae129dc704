import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runDrizzle } from 'drizzle-orm/postgres-js/migrator';
import { Logger, runMigrations as runGraphileWorker } from 'graphile-worker';
import postgres from 'postgres';

// Any number will do, as long as every process takes the same.
const MIGRATION_LOCK = 7_201_533;
const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));
const quiet = new Logger(() => () => undefined);

/** Brings the database at `url` to the newest schema, graphile-worker's included. Processes that start at once wait for each other. */
export async function migrate(url: string): Promise<void> {
  // One connection, since the lock belongs to it.
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await refusePowerfulRole(sql);
    await runDrizzle(drizzle(sql), { migrationsFolder: MIGRATIONS });
    await runGraphileWorker({ connectionString: url, logger: quiet });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** A superuser sees every organisation's rows whatever the policies say, and nobody would notice. Throws with the commands that help. */
async function refusePowerfulRole(sql: postgres.Sql): Promise<void> {
  const [role] = await sql<{ name: string; database: string; may: string }[]>`
    select current_user as name, quote_ident(current_database()) as database,
           case when rolsuper then 'is a superuser' when rolbypassrls then 'has BYPASSRLS' end as may
    from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)`;
  if (!role) return;
  throw new Error(`The role “${role.name}” of DATABASE_URL ${role.may}, so that row-level security, the second wall between organisations, does not hold it.
Make a plain role that owns the database, once, in psql as “${role.name}”, connected to ${role.database}:

    create role alphaloom login password '<a long random text>' nosuperuser nobypassrls nocreaterole nocreatedb;
    alter database ${role.database} owner to alphaloom;
${MOVE_EXISTING}
and start with DATABASE_URL=postgres://alphaloom:<that text>@<host>/<database>.`);
}

/** What an earlier start as a superuser has made. Extensions and system tables stay whose they are. */
const MOVE_EXISTING = `    do $$ declare thing record; begin
      for thing in select format('alter schema %I owner to alphaloom', nspname) as command from pg_namespace where nspname in ('drizzle', 'graphile_worker')
        union all select format('alter %s %I.%I owner to alphaloom', case relkind when 'v' then 'view' else 'table' end, nspname, relname) from pg_class c join pg_namespace n on n.oid = relnamespace
          where nspname in ('public', 'drizzle', 'graphile_worker') and relkind in ('r', 'p', 'v')
        union all select format('alter sequence %I.%I owner to alphaloom', nspname, relname) from pg_class c join pg_namespace n on n.oid = relnamespace
          where nspname in ('public', 'drizzle', 'graphile_worker') and relkind = 'S' and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i'))
        union all select format('alter routine %s owner to alphaloom', p.oid::regprocedure) from pg_proc p join pg_namespace n on n.oid = pronamespace where nspname in ('public', 'graphile_worker')
          and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
        union all select format('alter type %I.%I owner to alphaloom', nspname, typname) from pg_type t join pg_namespace n on n.oid = typnamespace
          where nspname in ('public', 'graphile_worker') and (typtype in ('e', 'd') or typtype = 'c' and exists (select from pg_class c where c.oid = typrelid and relkind = 'c'))
      loop execute thing.command; end loop;
    end $$;
`;
