import postgres from 'postgres';
import { isShared, type DatabaseUrls } from '../urls.ts';
import { CREATE_ROLES, MOVE_EXISTING } from './make-roles.ts';
import { quoted, type RoleNames } from './rights-statements.ts';

/** What a role may do beyond what is granted to it, as the server says. */
export interface RoleFacts {
  readonly name: string;
  readonly database: string;
  readonly isSuperuser: boolean;
  readonly bypasses: boolean;
  readonly makesRoles: boolean;
  /** Owns something here, or the database. */
  readonly owns: boolean;
  /** May make tables in the schema `public`, and with them functions. */
  readonly creates: boolean;
  /** Roles whose rights it has or may take. */
  readonly isMemberOf: readonly string[];
}

const VARIABLES = { app: 'DATABASE_URL', system: 'SYSTEM_DATABASE_URL', migration: 'MIGRATION_DATABASE_URL' } as const;

async function factsOf(url: string): Promise<RoleFacts> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, fetch_types: false });
  try {
    const [facts] = await sql<RoleFacts[]>`
      select rolname as name, current_database() as database, rolsuper as "isSuperuser", rolbypassrls as bypasses, rolcreaterole as "makesRoles",
        has_schema_privilege(oid, 'public', 'create') as creates,
        exists (select from pg_database where datname = current_database() and datdba = r.oid)
          or exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'drizzle', 'graphile_worker') and c.relowner = r.oid) as owns,
        (select coalesce(json_agg(m.rolname order by m.rolname), '[]') from pg_roles m where m.oid <> r.oid and pg_has_role(r.oid, m.oid, 'member')) as "isMemberOf"
      from pg_roles r where rolname = current_user`;
    if (!facts) throw new Error('every connection has a role');
    return facts;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * Names of the roles behind the URLs. Throws, with the commands that help, when one of them may do more than its work
 * needs.
 */
export async function findRoles(urls: DatabaseUrls): Promise<RoleNames> {
  const migration = await factsOf(urls.migration);
  if (isShared(urls)) {
    refusePowerful(migration, VARIABLES.app);
    return { app: migration.name, system: migration.name, migration: migration.name };
  }
  const [app, system] = await Promise.all([factsOf(urls.app), factsOf(urls.system)]);
  refusePowerful(migration, VARIABLES.migration);
  const others = { app, system };
  for (const kind of ['app', 'system'] as const) {
    const why = tooPowerful(others[kind], kind === 'app' ? [migration.name, system.name] : [migration.name]);
    if (why !== null) throw new Error(`The role “${others[kind].name}” of ${VARIABLES[kind]} ${why}. ${ADVICE}`);
    if (others[kind].creates)
      throw new Error(
        `The role “${others[kind].name}” of ${VARIABLES[kind]} may make tables in the schema public. ${adviceForSchema(migration)}`,
      );
    if (others[kind].database !== migration.database)
      throw new Error(
        `${VARIABLES[kind]} leads to the database “${others[kind].database}”, ${VARIABLES.migration} to “${migration.database}”. They must be the same.`,
      );
  }
  return { app: app.name, system: system.name, migration: migration.name };
}

const ADVICE = `Give DATABASE_URL and SYSTEM_DATABASE_URL each a plain role of its own, which owns nothing and belongs to no other role:

${CREATE_ROLES}
Everything else they need is granted at the start, by the role of MIGRATION_DATABASE_URL.`;

const adviceForSchema = ({
  name,
  database,
}: RoleFacts): string => `Before Postgres 15 everybody might. Close the schema, in psql as a superuser, connected to ${database}:

    revoke create on schema public from public;
    grant create on schema public to ${quoted(name)};
`;

/**
 * Why a role that people's requests run under may do too much; null when it is all right. `above`: roles that may do
 * more.
 */
function tooPowerful(role: RoleFacts, above: readonly string[]): string | null {
  const { isSuperuser, bypasses, makesRoles, owns, isMemberOf, name } = role;
  if (isSuperuser) return 'is a superuser';
  if (bypasses) return 'has BYPASSRLS';
  if (makesRoles) return 'may make roles';
  if (above.includes(name)) return 'is that of another URL too';
  if (owns) return 'owns the database or tables of it, so that it could switch row-level security off';
  const other = isMemberOf.find((one) => above.includes(one) || one.startsWith('pg_'));
  if (other !== undefined) return `belongs to the role “${other}”, whose rights it could take`;
  return null;
}

/** A superuser sees every organisation's rows whatever the policies say, and a function of theirs may do anything. */
function refusePowerful({ name, isSuperuser, bypasses, database }: RoleFacts, variable: string): void {
  if (!isSuperuser && !bypasses) return;
  throw new Error(`The role “${name}” of ${variable} ${isSuperuser ? 'is a superuser' : 'has BYPASSRLS'}, so that row-level security, the second wall between organisations, does not hold it.
Make plain roles, once, in psql as “${name}”, connected to ${database}:

    create role alphaloom login password '<a long random text>' nosuperuser nobypassrls nocreaterole nocreatedb;
    alter database ${quoted(database)} owner to alphaloom;
    alter schema public owner to alphaloom;
${CREATE_ROLES}${MOVE_EXISTING}
and start with
    MIGRATION_DATABASE_URL=postgres://alphaloom:<its text>@<host>/${database}
    DATABASE_URL=postgres://alphaloom_app:<its text>@<host>/${database}
    SYSTEM_DATABASE_URL=postgres://alphaloom_system:<its text>@<host>/${database}`);
}
