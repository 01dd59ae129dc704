import { sql, type SQL } from 'drizzle-orm';
import type { FormulaId, OrgId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { branches, contributions, formulas, formulaUpdates, merges, publications, versions } from '../schema/index.ts';

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
 * Who took part in what a version changes: whoever made the strategy, where nothing of it was published before; authors
 * of the versions since the one that was published last before it; whoever edited the draft in that time (by updates
 * that are still there, and by those that were merged since). The same of what the strategy is a branch of, and of
 * every branch that was merged into it, and into that one: as far as it was not published there.
 */
export async function listInvolved(
  tx: Tx,
  { orgId, formulaId, number, createdAt }: Target,
): Promise<ReadonlySet<UserId>> {
  const until = createdAt.toISOString();
  const publishedBefore = (formula: SQL, condition: SQL) => sql`
    select coalesce(max(v.number), 0) as number, coalesce(max(v.created_at) - ${IN_FLIGHT}, '-infinity') as at
    from ${versions} v
    where v.org_id = ${orgId} and v.formula_id = ${formula} and v.number = (
      select max(p.number) from ${publications} join ${versions} p on p.id = ${publications.versionId}
      where ${publications.orgId} = ${orgId} and ${publications.formulaId} = ${formula} and p.number ${condition})`;
  const rows = await tx.execute<{ user_id: UserId }>(sql`
    with recursive parts as (
      select ${formulaId}::uuid as formula_id, base.number as after, ${number}::int as up_to, base.at as since,
        ${until}::timestamptz as until
      from (${publishedBefore(sql`${formulaId}::uuid`, sql`< ${number}`)}) base
      union
      select source.formula_id, base.number, source.number, base.at, source.created_at
      from parts
      join lateral (
        -- A merge that was taken back before the version was taken is not in it. Clocks may differ a little.
        select ${merges.sourceVersionId} as id
        from ${merges} join ${versions} merged on merged.id = ${merges.afterVersionId}
        where ${merges.orgId} = ${orgId} and ${merges.intoId} = parts.formula_id
          and merged.number > parts.after and merged.number <= parts.up_to
          and (${merges.undoneAt} is null or ${merges.undoneAt} > parts.until - ${IN_FLIGHT})
        union all
        select ${branches.originVersionId} from ${branches}
        where ${branches.orgId} = ${orgId} and ${branches.formulaId} = parts.formula_id and parts.after = 0
      ) taken on true
      -- What the strategy itself said is the first part.
      join ${versions} source on source.id = taken.id and source.formula_id <> ${formulaId}
      join lateral (${publishedBefore(sql`source.formula_id`, sql`<= source.number`)}) base on true
    )
    select f.created_by as user_id from parts join ${formulas} f
      on f.org_id = ${orgId} and f.id = parts.formula_id and parts.after = 0
      where f.created_by is not null
    union
    select v.author_id from parts join ${versions} v
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
