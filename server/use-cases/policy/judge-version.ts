import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { listInvolved } from '#server/db/queries/contributors.ts';
import { findPolicy, findPublished } from '#server/db/queries/publications.ts';
import { listVerdictsOn } from '#server/db/queries/reviews.ts';
import { AppError } from '#server/errors.ts';
import { judge, NO_POLICY, type Judgement, type PublicationPolicy } from '#server/policies/publication.ts';

export interface Judged {
  readonly formulaId: FormulaId;
  readonly number: number;
  readonly contentHash: string;
  readonly createdAt: Date;
}

/** Whether a version may be published by the policy of now. */
export async function judgeVersion(
  tx: Tx,
  orgId: OrgId,
  version: Judged,
): Promise<{ readonly policy: PublicationPolicy; readonly judgement: Judgement }> {
  const policy = (await findPolicy(tx, orgId)) ?? NO_POLICY;
  const verdicts = await listVerdictsOn(tx, orgId, version.formulaId, version.contentHash);
  const involved = await listInvolved(tx, { orgId, ...version });
  return { policy, judgement: judge(policy, verdicts, involved) };
}

/** Throws NOT_APPROVED, in words, when a version may not run with money by the policy of now. */
export async function requireApproved(tx: Tx, orgId: OrgId, version: Judged): Promise<void> {
  const { judgement } = await judgeVersion(tx, orgId, version);
  if (judgement.problem === null) return;
  // An owner has taken it upon themselves, with a reason.
  const published = await findPublished(tx, orgId, version.formulaId);
  const isOverridden = published?.versionNumber === version.number && published.validation === 'overridden';
  if (!isOverridden) throw new AppError('NOT_APPROVED', judgement.problem);
}
