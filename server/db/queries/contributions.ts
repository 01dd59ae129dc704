import { sql, type SQL } from 'drizzle-orm';
import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { contributions, formulaUpdates, users, versions } from '../schema/index.ts';
import { interval } from './interval.ts';

/** Whoever rests for so long begins a new stretch of work. */
const REST_MS = 15 * 60_000;
const REST = interval(REST_MS);

/** Of updates `(actor_id, created_at)` in `u`, the number of the version before; by index, the newest first. */
const versionBefore = (formulaId: FormulaId): SQL => sql`coalesce((
  select ${versions.number} from ${versions}
  where ${versions.formulaId} = ${formulaId} and ${versions.number} is not null
    and ${versions.createdAt} <= u.created_at
  order by ${versions.number} desc limit 1), 0)`;

/** Stretches of work by `(actor_id, after_version)`, as `stretches`, of updates as `done`. */
const STRETCHES = sql`
  marked as (
    select *, case when at - lag(at) over person <= ${REST} then 0 else 1 end as begins
    from done window person as (partition by actor_id, after_version order by at)
  ),
  numbered as (select *, sum(begins) over (partition by actor_id, after_version order by at) as stretch from marked),
  stretches as (
    select actor_id, after_version, min(at) as started_at, max(at) as ended_at, count(*)::int as changes
    from numbered group by actor_id, after_version, stretch
  )`;

/**
 * Deletes the updates of a document behind `after` up to `upTo`, and keeps of them who did how much and when, in one
 * statement. A person's stretch that goes on is made longer.
 */
export async function foldUpdates(
  tx: Tx,
  formulaId: FormulaId,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): Promise<void> {
  await tx.execute(sql`
    with gone as (
      delete from ${formulaUpdates}
      where ${formulaUpdates.formulaId} = ${formulaId}
        and ${formulaUpdates.sequence} > ${after} and ${formulaUpdates.sequence} <= ${upTo}
      returning org_id, actor_id, created_at
    ),
    done as (select actor_id, created_at as at, ${versionBefore(formulaId)} as after_version from gone u),
    ${STRETCHES},
    earlier as (
      select s.actor_id, s.after_version, s.started_at, max(c.ended_at) as until
      from stretches s join ${contributions} c on c.formula_id = ${formulaId} and c.after_version = s.after_version
        and c.user_id is not distinct from s.actor_id and c.ended_at between s.started_at - ${REST} and s.started_at
      group by s.actor_id, s.after_version, s.started_at
    ),
    grown as (
      update ${contributions} c set ended_at = s.ended_at, changes = c.changes + s.changes
      from earlier e join stretches s
        on s.actor_id is not distinct from e.actor_id and s.after_version = e.after_version
          and s.started_at = e.started_at
      where c.formula_id = ${formulaId} and c.after_version = e.after_version
        and c.user_id is not distinct from e.actor_id and c.ended_at = e.until
    )
    insert into ${contributions} (org_id, formula_id, user_id, after_version, started_at, ended_at, changes)
    select (select org_id from gone limit 1), ${formulaId}::uuid, actor_id, after_version, started_at, ended_at, changes
    from stretches s
    where not exists (
      select from earlier e
      where e.actor_id is not distinct from s.actor_id and e.after_version = s.after_version
        and e.started_at = s.started_at)`);
}

/** Of one person, without a long rest, since one version. */
export interface Stretch extends Record<string, unknown> {
  readonly afterVersion: number;
  /** Null for what the house did, or somebody who is gone. */
  readonly person: string | null;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly changes: number;
}

/** What is shown of the work between two versions. */
const MOST_STRETCHES = 20;

/** Who worked on the draft behind the versions with these numbers, the newest stretch first. */
export async function listWork(
  tx: Tx,
  orgId: OrgId,
  { formulaId, from, to }: { readonly formulaId: FormulaId; readonly from: number; readonly to: number },
): Promise<Stretch[]> {
  const rows = await tx.execute<Stretch>(sql`
    with done as (
      select actor_id, created_at as at, ${versionBefore(formulaId)} as after_version
      from ${formulaUpdates} u where u.org_id = ${orgId} and u.formula_id = ${formulaId}
    ),
    ${STRETCHES},
    together as (
      select user_id, after_version, started_at, ended_at, changes from ${contributions} c
      where c.org_id = ${orgId} and c.formula_id = ${formulaId} and c.after_version between ${from} and ${to}
      union all
      select actor_id, after_version, started_at, ended_at, changes from stretches
      where after_version between ${from} and ${to}
    ),
    ranked as (select *, row_number() over (partition by after_version order by ended_at desc) as place from together)
    select after_version as "afterVersion", ${users.name} as person, changes,
      (extract(epoch from started_at) * 1000)::float8 as "startedAt",
      (extract(epoch from ended_at) * 1000)::float8 as "endedAt"
    from ranked left join ${users} on ${users.id} = user_id
    where place <= ${MOST_STRETCHES} order by after_version desc, ended_at desc`);
  return [...rows];
}
