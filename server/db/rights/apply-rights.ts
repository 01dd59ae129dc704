import { createHash } from 'node:crypto';
import type { Sql } from 'postgres';
import { DECLARED_RIGHTS } from './declared-rights.ts';
import { rightsStatements, type RoleNames } from './rights-statements.ts';

interface Given extends Pick<RoleNames, 'app' | 'system'> {
  readonly hash: string;
}

/**
 * Gives the roles their declared rights, as the owner of the tables, in one transaction: there is no moment without
 * row-level security. Nothing is done, and no table locked, when they were given already since the last migration.
 * Throws when other roles have the rights and `mayReplace` is not set: servers that still run under those would see
 * nothing any more.
 */
export async function applyRights(sql: Sql, roles: RoleNames, mayReplace: boolean): Promise<void> {
  const statements = rightsStatements(DECLARED_RIGHTS, roles);
  await sql.begin(async (tx) => {
    await tx`create table if not exists drizzle.rights (hash text not null, app text not null, system text not null)`;
    const [given] = await tx<Given[]>`select hash, app, system from drizzle.rights`;
    const [done] =
      await tx`select (select count(*) from drizzle.__drizzle_migrations) as ours, (select count(*) from graphile_worker.migrations) as queue`;
    const hash = createHash('sha256')
      .update(JSON.stringify([statements, done]))
      .digest('hex');
    if (given?.hash === hash) return;
    if (given && !mayReplace) refuseOthers(given, roles);
    for (const statement of statements) await tx.unsafe(statement);
    await tx`delete from drizzle.rights`;
    await tx`insert into drizzle.rights ${tx({ hash, app: roles.app, system: roles.system })}`;
  });
}

function refuseOthers(given: Given, roles: RoleNames): void {
  const isSame = given.app === roles.app && given.system === roles.system;
  const wasOneRole = given.app === given.system && given.app === roles.migration;
  if (isSame || wasOneRole) return;
  const isOneRole = roles.app === roles.system;
  throw new Error(`This database is used by the roles “${given.app}” (DATABASE_URL) and “${given.system}” (SYSTEM_DATABASE_URL); servers that run with them would see nothing any more if
the rights were given to ${isOneRole ? `“${roles.app}” alone` : `“${roles.app}” and “${roles.system}”`}. Start with their URLs, or stop those servers and start this one with DATABASE_ROLES=${isOneRole ? 'one' : 'three'}.`);
}
