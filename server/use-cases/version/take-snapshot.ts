import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { FormulaId, VersionId } from '#core/requests/ids.ts';
import type { Draft } from '#server/compute/formula/draft.ts';
import { lockFormula } from '#server/db/queries/formulas.ts';
import { findContent, insertVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { userOf } from '#server/policies/principal.ts';
import type { Unit } from '../act/act.ts';
import { requireQuota } from '../quota.ts';

interface Snapshot {
  readonly id: VersionId;
  readonly json: string;
  /** What keeps it from running. */
  readonly errors: readonly Diagnostic[];
}

/**
 * A draft of the live document as something that a run can point at, by its content: a version or a snapshot that says
 * the same is taken again, whoever made it and when. A snapshot is in no history: a version is what a person names.
 */
export async function takeSnapshot(
  { tx, principal, now }: Unit,
  formulaId: FormulaId,
  draft: Draft,
): Promise<Snapshot> {
  const { orgId } = principal;
  const authorId = userOf(principal);
  if (authorId === null)
    throw new AppError('FORBIDDEN', 'A run has somebody who asked for it: a person, or a key of one.');
  if (!(await lockFormula(tx, orgId, formulaId))) throw new AppError('NOT_FOUND', 'There is no such strategy.');
  const { code, json, contentHash, errors, state } = draft;
  const known = await findContent(tx, orgId, formulaId, contentHash);
  if (known) return { id: known.id, json: known.json, errors };
  await requireQuota(tx, orgId, 'versions');
  await requireQuota(tx, orgId, 'versionBytes', state.length);
  const id = await insertVersion(tx, {
    orgId,
    formulaId,
    number: null,
    message: '',
    authorId,
    code,
    json,
    contentHash,
    errorCount: errors.length,
    documentState: state,
    createdAt: now,
  });
  return { id, json, errors };
}
