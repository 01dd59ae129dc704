import { and, asc, eq, gt, lt, sql } from 'drizzle-orm';
import type { FormulaId, OrgId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { formulas, formulaSnapshots, formulaUpdates, memberships } from '../schema/index.ts';
import { foldUpdates } from './contributions.ts';
import { loadDocument, type StoredDocument } from './documents.ts';

export interface NewUpdate {
  readonly actorId: UserId | null;
  readonly bytes: Uint8Array;
}

/** On which it is said that a document has grown, as `id sequence`, several with commas between them. */
export const DOCUMENTS_CHANNEL = 'alphaloom_documents';

interface Place {
  readonly orgId: OrgId;
  readonly formulaId: FormulaId;
  /** The sequence of the last update, as far as the caller knows. */
  readonly after: number;
  /** The one in which the updates were made: in another they mean nothing. */
  readonly epoch: number;
  /** Roles of which somebody may append; what nobody made (`actorId` null) is appended in any case. */
  readonly editors: readonly string[];
}

/**
 * `behind`: the snapshot has gone further than the caller knows, or to another epoch. `forbidden`: somebody whose
 * update it is may not edit any more.
 */
export type Appended = 'appended' | 'behind' | 'forbidden';

/**
 * Appends behind `after` in one statement, all of it or nothing; fails on the primary key when another server has.
 * Whether each actor may still edit is looked at in the same statement: a socket hears of a change of rights a moment
 * later. Whoever appends has seen everything up to `after` committed, and the snapshot's row is held to the commit, so
 * that committed updates are always a prefix. The list of formulas shows when each was last changed, to ten seconds.
 */
export async function appendUpdates(
  tx: Tx,
  { orgId, formulaId, after, epoch, editors }: Place,
  updates: readonly NewUpdate[],
): Promise<Appended> {
  const actors = [...new Set(updates.flatMap(({ actorId }) => actorId ?? []))];
  const listed = (values: readonly string[]) =>
    sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    );
  const allowed =
    actors.length === 0
      ? sql`true`
      : sql`(select count(*) from ${memberships} where org_id = ${orgId} and user_id in (${listed(actors)})
        and role in (${listed(editors)})) = ${actors.length}`;
  const rows = updates.map(
    ({ actorId, bytes }, i) => sql`(${after + 1 + i}::bigint, ${actorId}::uuid, ${bytes}::bytea)`,
  );
  const inserted = await tx.execute(sql`
    with touched as (
      update ${formulas} set updated_at = now() where ${formulas.id} = ${formulaId}
        and ${formulas.updatedAt} < now() - interval '10 seconds'
    )
    insert into ${formulaUpdates} (formula_id, org_id, sequence, actor_id, bytes)
    select ${formulaId}::uuid, ${orgId}::uuid, added.sequence, added.actor_id, added.bytes
    from ${formulaSnapshots}, (values ${sql.join(rows, sql`, `)}) as added (sequence, actor_id, bytes)
    where ${formulaSnapshots.formulaId} = ${formulaId} and ${formulaSnapshots.sequence} <= ${after}
      and ${formulaSnapshots.epoch} = ${epoch} and ${allowed}
    for share of ${formulaSnapshots}`);
  if (inserted.count === updates.length) return 'appended';
  const [row] = await tx.execute<{ ok: boolean }>(sql`select ${allowed} as ok`);
  return row?.ok === false ? 'forbidden' : 'behind';
}

/** Holds the document until the transaction ends. Null when there is no such document any more. */
export async function lockDocument(
  tx: Tx,
  formulaId: FormulaId,
): Promise<Pick<StoredDocument, 'sequence' | 'epoch'> | null> {
  const [snapshot] = await tx
    .select({ sequence: formulaSnapshots.sequence, epoch: formulaSnapshots.epoch })
    .from(formulaSnapshots)
    .where(eq(formulaSnapshots.formulaId, formulaId))
    .for('update');
  if (!snapshot) return null;
  // A statement of its own: it must see what was committed while this one waited for the lock.
  const [last] = await tx
    .select({ sequence: sql<number | null>`max(${formulaUpdates.sequence})`.mapWith(Number) })
    .from(formulaUpdates)
    .where(and(eq(formulaUpdates.formulaId, formulaId), gt(formulaUpdates.sequence, snapshot.sequence)));
  return { epoch: snapshot.epoch, sequence: Math.max(snapshot.sequence, last?.sequence ?? 0) };
}

/**
 * What was committed after `sequence` in the epoch `epoch`: the whole document when some of that is in the snapshot
 * already, nothing when there is nothing. A re-base takes a sequence of its own, so that whoever is behind it is given
 * the whole, and with it the epoch.
 */
export async function readUpdatesAfter(
  tx: Tx,
  formulaId: FormulaId,
  { sequence, epoch }: Pick<StoredDocument, 'sequence' | 'epoch'>,
): Promise<Omit<StoredDocument, 'weight'> | null> {
  const rows = await tx
    .select({ sequence: formulaUpdates.sequence, bytes: formulaUpdates.bytes })
    .from(formulaUpdates)
    .where(and(eq(formulaUpdates.formulaId, formulaId), gt(formulaUpdates.sequence, sequence)))
    .orderBy(asc(formulaUpdates.sequence));
  const last = rows.at(-1);
  if (last && rows[0]?.sequence === sequence + 1)
    return { sequence: last.sequence, epoch, updates: rows.map(({ bytes }) => bytes) };
  const all = await loadDocument(tx, formulaId);
  return all?.sequence === sequence ? { sequence, epoch, updates: [] } : all;
}

export interface NewSnapshot {
  /** `state` contains everything up to here. */
  readonly sequence: number;
  readonly epoch: number;
  readonly state: Uint8Array;
  readonly clients: number;
  readonly dead: number;
}

/**
 * Puts a snapshot in place of the one there and of the updates it covers, of which who made them is kept; false when
 * the one there is as new. There are no updates up to the one there, only what Postgres has not yet cleared away of
 * them: looking among those would take longer with every edit.
 */
export async function replaceSnapshot(tx: Tx, formulaId: FormulaId, snapshot: NewSnapshot): Promise<boolean> {
  const [previous] = await tx
    .select({ sequence: formulaSnapshots.sequence })
    .from(formulaSnapshots)
    .where(and(eq(formulaSnapshots.formulaId, formulaId), lt(formulaSnapshots.sequence, snapshot.sequence)))
    .for('update');
  if (!previous) return false;
  await tx
    .update(formulaSnapshots)
    .set({ ...snapshot, compactedAt: sql`now()` })
    .where(eq(formulaSnapshots.formulaId, formulaId));
  await foldUpdates(tx, formulaId, { after: previous.sequence, upTo: snapshot.sequence });
  return true;
}

/** Tells the servers that have the document open, once the transaction commits. */
export async function notifyDocument(tx: Tx, formulaId: FormulaId, sequence: number): Promise<void> {
  await tx.execute(sql`select pg_notify(${DOCUMENTS_CHANNEL}, ${`${formulaId} ${sequence}`})`);
}

export async function organisationOfDocument(tx: Tx, formulaId: FormulaId): Promise<OrgId | null> {
  const [row] = await tx
    .select({ orgId: formulaSnapshots.orgId })
    .from(formulaSnapshots)
    .where(eq(formulaSnapshots.formulaId, formulaId));
  return row?.orgId ?? null;
}
