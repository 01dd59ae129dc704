import { CURRENT_ORG, type Acts, type TableRights } from './declared-rights.ts';

/** Names of the roles of `DatabaseUrls`. */
export interface RoleNames {
  readonly app: string;
  readonly system: string;
  readonly migration: string;
}

/** Names that policies have or had. */
const POLICIES = ['tenant', 'system'];

const IS_SYSTEM = `(select current_setting('alphaloom.org', true) = 'system')`;

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const grant = (table: string, acts: Acts, role: string): string[] =>
  (['select', 'insert', 'update', 'delete'] as const).flatMap((act) => {
    const columns = acts[act];
    if (columns === undefined) return [];
    return [
      `grant ${act}${columns === true || columns === 'all' ? '' : ` (${columns.map(quoted).join(', ')})`} on ${table} to ${role}`,
    ];
  });

const policy = (name: string, table: string, role: string, rows: string): string =>
  `create policy ${name} on ${table} to ${role} using (${rows}) with check (${rows})`;

/**
 * Two roles beside the owner of the tables, whom row-level security then need not hold: migrations and backups see
 * every row.
 */
function ofTwoRoles(table: string, { app, system }: TableRights, roles: RoleNames): string[] {
  const [appRole, systemRole] = [quoted(roles.app), quoted(roles.system)];
  return [
    `alter table ${table} no force row level security`,
    `revoke all on ${table} from ${appRole}, ${systemRole}`,
    ...grant(table, system, systemRole),
    policy('system', table, systemRole, 'true'),
    ...(app ? [...grant(table, app, appRole), policy('tenant', table, appRole, app.rows)] : []),
  ];
}

/** One role for all owns the table. What is only the system's is used without saying so, as before there were roles. */
const ofOneRole = (table: string, { app }: TableRights, role: string): string[] => [
  `alter table ${table} force row level security`,
  policy('tenant', table, quoted(role), app ? `${IS_SYSTEM} or ${app.rows}` : 'true'),
];

/**
 * Adds a job to graphile-worker's queue, which the app's role can't reach: for the organisation that it works for, no
 * other, and none of the system's own jobs. A key is the organisation's own: nobody keeps another's job away with it. A
 * name of a schema in front of every name, since the function has its owner's rights.
 */
function jobFunction(roles: RoleNames, isOneRole: boolean): string[] {
  const signature = 'public.add_job(text, json, timestamptz, int, int, text, text[])';
  const refusal = `if session_user = ${literal(roles.app)} and ((payload ->> 'orgId')::uuid = ${CURRENT_ORG}) is not true then
    raise exception 'a job of another organisation' using errcode = 'insufficient_privilege';
  end if;`;
  return [
    `create or replace function public.add_job(identifier text, payload json, run_at timestamptz, max_attempts int, priority int, key text, flags text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  payload := payload::jsonb::json;
  ${isOneRole ? '' : refusal}
  perform graphile_worker.add_job(identifier => identifier, payload => payload, run_at => run_at, max_attempts => max_attempts, priority => priority, flags => flags,
    job_key => (payload ->> 'orgId') || ' ' || key, job_key_mode => case when key is null then 'replace' else 'unsafe_dedupe' end);
end $$`,
    `revoke all on function ${signature} from public`,
    ...(isOneRole ? [] : [`grant execute on function ${signature} to ${quoted(roles.app)}, ${quoted(roles.system)}`]),
  ];
}

/** Whether the organisation that the transaction works for has or had this person. */
function personFunction(roles: RoleNames, isOneRole: boolean): string[] {
  const signature = 'public.knows_person(uuid)';
  return [
    `create or replace function public.knows_person(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from public.organisation_people p where p.org_id = ${CURRENT_ORG} and p.user_id = person)
$$`,
    `revoke all on function ${signature} from public`,
    ...(isOneRole ? [] : [`grant execute on function ${signature} to ${quoted(roles.app)}`]),
  ];
}

/** The system takes and frees jobs; graphile-worker's tables have row-level security without a policy. */
const queueRights = (role: string): string[] => [
  `grant usage on schema graphile_worker to ${role}`,
  `grant select, insert, update, delete on all tables in schema graphile_worker to ${role}`,
  `grant usage, select on all sequences in schema graphile_worker to ${role}`,
  'revoke all on all functions in schema graphile_worker from public',
  `grant execute on all functions in schema graphile_worker to ${role}`,
  `do $$ declare name text; begin
  for name in select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'graphile_worker' and c.relrowsecurity loop
    execute format('drop policy if exists system on %s', name);
    execute format('create policy system on %s to %s using (true) with check (true)', name, ${literal(role)});
  end loop;
end $$`,
];

/**
 * What gives each role the rights that are declared, and takes away all others of theirs and of everybody. To be run by
 * the owner of the tables, in one transaction.
 */
export function rightsStatements(declared: Readonly<Record<string, TableRights>>, roles: RoleNames): string[] {
  const isOneRole = roles.app === roles.migration;
  const tables = Object.entries(declared).flatMap(([name, rights]) => {
    const table = `public.${quoted(name)}`;
    return [
      `alter table ${table} enable row level security`,
      ...POLICIES.map((old) => `drop policy if exists ${old} on ${table}`),
      `revoke all on ${table} from public`,
      ...(isOneRole ? ofOneRole(table, rights, roles.app) : ofTwoRoles(table, rights, roles)),
    ];
  });
  const schema = isOneRole
    ? []
    : [
        `grant usage on schema public to ${quoted(roles.app)}, ${quoted(roles.system)}`,
        ...queueRights(quoted(roles.system)),
      ];
  return [...personFunction(roles, isOneRole), ...tables, ...schema, ...jobFunction(roles, isOneRole)];
}
