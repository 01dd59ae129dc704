import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { FormulaId, VersionId } from '#core/requests/ids.ts';
import type { Draft } from '#server/compute/formula/draft.ts';
import { lockFormula, updateFormula } from '#server/db/queries/formulas.ts';
import { findNewestVersion, insertVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import { userOf } from '#server/policies/principal.ts';
import type { Unit } from '../act/act.ts';
import { requireQuota } from '../quota.ts';

export interface TakenVersion {
  readonly id: VersionId;
  readonly number: number;
  readonly contentHash: string;
  /** What keeps it from running. */
  readonly errors: readonly Diagnostic[];
  /** False when the newest version already says the same and was taken again. */
  readonly isNew: boolean;
}

interface Wanted {
  readonly formulaId: FormulaId;
  /** As it was when somebody asked; null when there was none. */
  readonly draft: Draft | null;
  readonly message: string;
  readonly reuse: boolean;
  /** In sentences, what the draft changes of a version, the newest one when somebody looked; null: of nothing. */
  readonly told?: { readonly since: VersionId | null; readonly changes: readonly string[] };
}

/**
 * Keeps a draft as the formula's next version. With `reuse`, the newest version is given
 * instead when nothing of meaning has changed since.
 */
export async function takeVersion({ tx, principal, now, happened }: Unit, input: Wanted): Promise<TakenVersion> {
  const { formulaId, draft, message } = input;
  const { orgId } = principal;
  requirePermission(principal, 'version.create');
  const authorId = userOf(principal);
  if (authorId === null)
    throw new AppError('FORBIDDEN', 'A version has an author: a person takes it, or a key of a person.');
  const exists = await lockFormula(tx, orgId, formulaId);
  if (!exists || !draft) throw new AppError('NOT_FOUND', 'There is no such strategy.');
  const { code, json, contentHash, errors, state } = draft;
  const newest = await findNewestVersion(tx, orgId, formulaId);
  if (input.reuse && newest?.contentHash === contentHash)
    return { id: newest.id, number: newest.number, contentHash, errors, isNew: false };

  await requireQuota(tx, orgId, 'versions');
  await requireQuota(tx, orgId, 'versionBytes', state.length);
  const number = (newest?.number ?? 0) + 1;
  const id = await insertVersion(tx, {
    orgId,
    formulaId,
    number,
    message,
    authorId,
    code,
    json,
    contentHash,
    errorCount: errors.length,
    parentId: newest?.id ?? null,
    documentState: state,
    // By the clock of the database, as the edits: those that the draft has are not later.
  });
  await updateFormula(tx, orgId, formulaId, { updatedAt: now });
  happened('version.created', {
    formulaId,
    versionId: id,
    number: [newest?.number ?? null, number],
    contentHash: [newest?.contentHash ?? null, contentHash],
    // Not when another version came in between: the sentences are about the one before.
    ...(input.told?.since === (newest?.id ?? null) ? { changes: [null, input.told.changes] } : {}),
  });
  return { id, number, contentHash, errors, isNew: true };
}
