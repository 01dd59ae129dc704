import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { Tx } from '#server/db/database.ts';
import { lockFormula, updateFormula } from '#server/db/queries/formulas.ts';
import { findNewestVersion, insertVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { loadDraft } from '../document/draft.ts';
import { requireQuota } from '../quota.ts';

export interface TakenVersion {
  readonly id: string;
  readonly number: number;
  readonly contentHash: string;
  /** What keeps it from running. */
  readonly errors: readonly Diagnostic[];
  /** False when the newest version already says the same and was taken again. */
  readonly isNew: boolean;
}

/**
 * Snapshots the live document as the formula's next version, in the caller's transaction. With `reuse`, the newest version is given
 * instead when nothing of meaning has changed since.
 */
export async function takeVersion(
  tx: Tx,
  caller: Pick<Caller, 'actor' | 'from' | 'now'>,
  input: { readonly formulaId: string; readonly message: string; readonly reuse: boolean },
): Promise<TakenVersion> {
  const { actor, now } = caller;
  const { formulaId, message } = input;
  requirePermission(actor, 'version.create');
  const exists = await lockFormula(tx, actor.orgId, formulaId);
  const draft = exists ? await loadDraft(tx, formulaId) : null;
  if (!draft) throw new AppError('NOT_FOUND', 'There is no such formula.');
  const { code, json, contentHash, errors, state } = draft;
  const newest = await findNewestVersion(tx, actor.orgId, formulaId);
  if (input.reuse && newest?.contentHash === contentHash)
    return { id: newest.id, number: newest.number, contentHash, errors, isNew: false };

  await requireQuota(tx, actor.orgId, 'versions');
  await requireQuota(tx, actor.orgId, 'versionBytes', state.length);
  const number = (newest?.number ?? 0) + 1;
  const id = await insertVersion(tx, {
    orgId: actor.orgId,
    formulaId,
    number,
    message,
    authorId: actor.userId,
    code,
    json,
    contentHash,
    errorCount: errors.length,
    parentId: newest?.id ?? null,
    documentState: state,
    createdAt: now,
  });
  await updateFormula(tx, actor.orgId, formulaId, { updatedAt: now });
  await recordAct(tx, caller, {
    action: 'version.created',
    entity: 'version',
    entityId: id,
    difference: { number: [newest?.number ?? null, number], contentHash: [newest?.contentHash ?? null, contentHash] },
  });
  await appendEvent(tx, actor.orgId, { kind: 'version.created', payload: { formulaId, versionId: id, number } });
  return { id, number, contentHash, errors, isNew: true };
}
