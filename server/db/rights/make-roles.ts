/** Roles that own nothing; what they may do is granted at the start. */
export const CREATE_ROLES = `    create role alphaloom_app login password '<a long random text>' nosuperuser nobypassrls nocreaterole nocreatedb;
    create role alphaloom_system login password '<another long random text>' nosuperuser nobypassrls nocreaterole nocreatedb;
`;

/** What an earlier start as a superuser has made. Extensions and system tables stay whose they are. */
export const MOVE_EXISTING = `    do $$ declare thing record; begin
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

/**
 * What is weaker while one role does everything, and what to run. `url` is that of today; its password is not shown.
 */
export function adviceForOneRole(url: string): string {
  const { username, host, pathname } = new URL(url);
  const at = `@${host}${pathname}`;
  return `DATABASE_URL has one role for everything, “${decodeURIComponent(username)}”. That role owns the tables: SQL that somebody smuggles into the app could switch row-level security off,
read the hashes of passwords and empty the audit log. Give the app and the system a role each, in psql as somebody who may make roles:

${CREATE_ROLES}
and start with
    MIGRATION_DATABASE_URL=<DATABASE_URL as it is now>
    DATABASE_URL=postgres://alphaloom_app:<its text>${at}
    SYSTEM_DATABASE_URL=postgres://alphaloom_system:<its text>${at}
Their rights are granted at the start; no data is touched.`;
}
