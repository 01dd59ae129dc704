import { sql } from 'drizzle-orm';
import type { FormulaId, OrgId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { contributions, formulaUpdates, merges, publications, versions } from '../schema/index.ts';

interface Target {
  readonly orgId: OrgId;
  readonly formulaId: FormulaId;
  readonly number: number;
  readonly createdAt: Date;
}

/**
 * Edits that were being committed while a version was taken may be in the next one with an earlier time: a group of
 * edits takes milliseconds.
 */
const IN_FLIGHT = sql`interval '2 seconds'`;

/**
 * Who took part in what a version changes: authors of the versions since the one that was published last before it,
 * whoever edited the draft in that time (by updates that are still there, and by those that were merged since), and all
 * of them of the branches that were merged into it.
 */
export async function listInvolved(
  tx: Tx,
  { orgId, formulaId, number, createdAt }: Target,
): Promise<ReadonlySet<UserId>> {
  const until = createdAt.toISOString();
  const rows = await tx.execute<{ user_id: UserId }>(sql`
    with base as (
      select coalesce(max(v.number), 0) as number, coalesce(max(v.created_at) - ${IN_FLIGHT}, '-infinity') as at
      from ${versions} v
      where v.org_id = ${orgId} and v.formula_id = ${formulaId} and v.number = (
        select max(p.number) from ${publications} join ${versions} p on p.id = ${publications.versionId}
        where ${publications.orgId} = ${orgId} and ${publications.formulaId} = ${formulaId} and p.number < ${number})
    ),
    -- The strategy since its base, and branches up to what was merged of them.
    parts as (
      select ${formulaId}::uuid as formula_id, base.number as after, ${number}::int as up_to, base.at as since,
        ${until}::timestamptz as until
      from base
      union
      select source.formula_id, 0, source.number, '-infinity'::timestamptz, source.created_at
      from base, ${merges} join ${versions} source on source.id = ${merges.sourceVersionId}
      where ${merges.orgId} = ${orgId} and ${merges.intoId} = ${formulaId} and ${merges.undoneAt} is null
        and ${merges.mergedAt} > base.at
    )
    select v.author_id as user_id from parts join ${versions} v
      on v.org_id = ${orgId} and v.formula_id = parts.formula_id and v.number > parts.after and v.number <= parts.up_to
    union
    select u.actor_id from parts join ${formulaUpdates} u
      on u.org_id = ${orgId} and u.formula_id = parts.formula_id
        and u.created_at > parts.since and u.created_at <= parts.until
      where u.actor_id is not null
    union
    select c.user_id from parts join ${contributions} c
      on c.org_id = ${orgId} and c.formula_id = parts.formula_id
        and c.ended_at > parts.since and c.started_at <= parts.until
      where c.user_id is not null`);
  return new Set(rows.map(({ user_id: userId }) => userId));
}
