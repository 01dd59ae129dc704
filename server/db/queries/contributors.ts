import { and, eq, gt, isNotNull, lte, sql } from 'drizzle-orm';
import type { FormulaId, OrgId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { contributions, formulaUpdates, publications, versions } from '../schema/index.ts';

interface Target {
  readonly orgId: OrgId;
  readonly formulaId: FormulaId;
  readonly number: number;
  readonly createdAt: Date;
}

/**
 * Who took part in what a version changes: authors of the versions since the one that was published last before it, and
 * whoever edited the draft in that time.
 */
export async function listInvolved(tx: Tx, target: Target): Promise<ReadonlySet<UserId>> {
  const { orgId, formulaId } = target;
  const ofFormula = and(eq(versions.orgId, orgId), eq(versions.formulaId, formulaId));
  const [base] = await tx
    .select({ number: sql<number>`${versions.number}`, createdAt: versions.createdAt })
    .from(versions)
    .where(
      and(
        ofFormula,
        sql`${versions.number} < ${target.number}`,
        sql`exists (select from ${publications} where ${publications.versionId} = ${versions.id})`,
      ),
    )
    .orderBy(sql`${versions.number} desc`)
    .limit(1);
  const authors = await tx
    .selectDistinct({ userId: versions.authorId })
    .from(versions)
    .where(
      and(
        ofFormula,
        base ? gt(versions.number, base.number) : isNotNull(versions.number),
        lte(versions.number, target.number),
      ),
    );
  const editors = await tx
    .selectDistinct({ userId: formulaUpdates.actorId })
    .from(formulaUpdates)
    .where(
      and(
        eq(formulaUpdates.orgId, orgId),
        eq(formulaUpdates.formulaId, formulaId),
        base ? gt(formulaUpdates.createdAt, base.createdAt) : undefined,
        lte(formulaUpdates.createdAt, target.createdAt),
      ),
    );
  const earlier = await tx
    .selectDistinct({ userId: contributions.userId })
    .from(contributions)
    .where(
      and(
        eq(contributions.orgId, orgId),
        eq(contributions.formulaId, formulaId),
        base ? gt(contributions.endedAt, base.createdAt) : undefined,
        lte(contributions.startedAt, target.createdAt),
      ),
    );
  return new Set([...authors, ...editors, ...earlier].flatMap(({ userId }) => (userId === null ? [] : [userId])));
}
