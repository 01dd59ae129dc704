import { and, asc, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { BotId, FormulaId, OrgId, PublicationId, UserId, VersionId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { bots, markets, publicationPolicies, publications, users, versions } from '../schema/index.ts';
import { behind, type Page } from './keyset.ts';
import type { MemberRole } from './organisations.ts';

interface StoredPolicy {
  readonly approvals: number;
  readonly roles: readonly MemberRole[];
}

/** Null: the organisation has chosen nothing. */
export async function findPolicy(tx: Tx, orgId: OrgId): Promise<StoredPolicy | null> {
  const [row] = await tx
    .select({ approvals: publicationPolicies.approvals, roles: publicationPolicies.roles })
    .from(publicationPolicies)
    .where(eq(publicationPolicies.orgId, orgId));
  return row ?? null;
}

export async function storePolicy(tx: Tx, orgId: OrgId, policy: StoredPolicy, now: Date): Promise<void> {
  const values = { approvals: policy.approvals, roles: [...policy.roles], updatedAt: now };
  await tx
    .insert(publicationPolicies)
    .values({ orgId, ...values })
    .onConflictDoUpdate({ target: publicationPolicies.orgId, set: values });
}

const publisher = alias(users, 'publisher');
const ender = alias(users, 'ender');

const rows = (tx: Tx) =>
  tx
    .select({
      id: publications.id,
      formulaId: publications.formulaId,
      versionId: publications.versionId,
      versionNumber: sql<number>`${versions.number}`,
      contentHash: versions.contentHash,
      notes: publications.notes,
      validation: publications.validation,
      approvedBy: publications.approvedBy,
      reason: publications.reason,
      publishedBy: publisher.name,
      publishedAt: publications.publishedAt,
      endedAt: publications.endedAt,
      endedBy: ender.name,
    })
    .from(publications)
    .innerJoin(versions, eq(versions.id, publications.versionId))
    .leftJoin(publisher, eq(publisher.id, publications.publishedBy))
    .leftJoin(ender, eq(ender.id, publications.endedBy));

/** Of a strategy, the newest first. */
export const listPublications = (
  tx: Tx,
  orgId: OrgId,
  { formulaId, ...page }: Page & { readonly formulaId: FormulaId },
) =>
  rows(tx)
    .where(
      and(
        eq(publications.orgId, orgId),
        eq(publications.formulaId, formulaId),
        behind(publications.publishedAt, publications.id, page),
      ),
    )
    .orderBy(desc(publications.publishedAt), desc(publications.id))
    .limit(page.limit);

/** What is published of a strategy now. */
export async function findPublished(tx: Tx, orgId: OrgId, formulaId: FormulaId) {
  const [row] = await rows(tx).where(
    and(eq(publications.orgId, orgId), eq(publications.formulaId, formulaId), isNull(publications.endedAt)),
  );
  return row ?? null;
}

export async function insertPublication(tx: Tx, publication: typeof publications.$inferInsert): Promise<PublicationId> {
  const [row] = await tx.insert(publications).values(publication).returning({ id: publications.id });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}

/** Ends what is published of a strategy; false when nothing is. */
export async function endPublication(
  tx: Tx,
  orgId: OrgId,
  {
    formulaId,
    endedAt,
    endedBy,
  }: { readonly formulaId: FormulaId; readonly endedAt: Date; readonly endedBy: UserId | null },
): Promise<boolean> {
  const ended = await tx
    .update(publications)
    .set({ endedAt, endedBy })
    .where(and(eq(publications.orgId, orgId), eq(publications.formulaId, formulaId), isNull(publications.endedAt)))
    .returning({ id: publications.id });
  return ended.length > 0;
}

/** Bots of a strategy that run another version than this one and can go on: the halted can't. */
export const listBotsOnOthers = (
  tx: Tx,
  orgId: OrgId,
  { formulaId, id: versionId }: { readonly formulaId: FormulaId; readonly id: VersionId },
  limit: number,
) =>
  tx
    .select({
      id: bots.id,
      name: bots.name,
      status: bots.status,
      mode: bots.mode,
      versionId: bots.versionId,
      versionNumber: sql<number>`${versions.number}`,
      upgrade: bots.upgrade,
      marketId: bots.marketId,
      symbol: markets.symbol,
      timeframe: markets.timeframe,
    })
    .from(bots)
    .innerJoin(versions, eq(versions.id, bots.versionId))
    .innerJoin(markets, eq(markets.id, bots.marketId))
    .where(
      and(
        eq(bots.orgId, orgId),
        eq(bots.formulaId, formulaId),
        ne(bots.versionId, versionId),
        ne(bots.status, 'halted'),
      ),
    )
    .orderBy(asc(bots.name), asc(bots.id))
    .limit(limit);

/** The bots' rows without their checkpoints, locked in the order of their ids. */
export function lockBots(tx: Tx, orgId: OrgId, ids: readonly BotId[]) {
  return tx
    .select({
      id: bots.id,
      name: bots.name,
      formulaId: bots.formulaId,
      versionId: bots.versionId,
      status: bots.status,
      mode: bots.mode,
      nextBar: bots.nextBar,
      createdBy: bots.createdBy,
    })
    .from(bots)
    .where(and(eq(bots.orgId, orgId), inArray(bots.id, [...ids])))
    .orderBy(asc(bots.id))
    .for('update');
}

/** Bots that wait to go over to a version go over no more; gives which. */
export function stopUpgrades(tx: Tx, orgId: OrgId, formulaId: FormulaId) {
  return tx
    .update(bots)
    .set({ nextVersionId: null, upgrade: null })
    .where(and(eq(bots.orgId, orgId), eq(bots.formulaId, formulaId), sql`${bots.nextVersionId} is not null`))
    .returning({ id: bots.id, status: bots.status });
}

/** The version with the highest number below this one that was ever published; null: none was. */
export async function findPublishedBefore(
  tx: Tx,
  orgId: OrgId,
  formulaId: FormulaId,
  number: number,
): Promise<VersionId | null> {
  const [row] = await tx
    .select({ id: versions.id })
    .from(publications)
    .innerJoin(versions, eq(versions.id, publications.versionId))
    .where(
      and(eq(publications.orgId, orgId), eq(publications.formulaId, formulaId), sql`${versions.number} < ${number}`),
    )
    .orderBy(desc(versions.number))
    .limit(1);
  return row?.id ?? null;
}
