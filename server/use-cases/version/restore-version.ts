import { editsBetween } from '#core/formula/change/apply-edits.ts';
import { readFormula, readStored } from '#server/compute/formula/read-stored.ts';
import { lockDocument } from '#server/db/queries/document-updates.ts';
import { findVersionState } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { userOf } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import type { Reader } from '../context.ts';
import { changeDocument } from '../document/change-document.ts';
import { loadDraft } from '../document/draft.ts';
import { payForBytes } from '../document/pay-for-loads.ts';
import { takeVersion } from './take-version.ts';

export interface Restored {
  readonly formulaId: string;
  /** The version that was restored. */
  readonly number: number;
  /** The version that keeps the draft before: to restore that version undoes this. */
  readonly before: number;
}

/**
 * Makes the live document say what a version says, for everybody who is in it, as one change. What was there before
 * becomes a version first.
 */
export function restoreVersion(caller: Reader, input: { readonly id: string }): Promise<Restored> {
  const { orgId } = caller.principal;
  return act(caller, 'formula.edit', async (unit) => {
    const { tx, principal, happened } = unit;
    const actorId = userOf(principal);
    const version = await findVersionState(tx, orgId, input.id);
    if (!version) throw new AppError('NOT_FOUND', 'There is no such version.');
    const { formulaId, number, documentState } = version;
    await payForBytes(documentState.length);
    const then = readStored({ updates: [documentState] });
    // The document before the formula's row, in the order in which an append takes them.
    await lockDocument(tx, formulaId);
    const before = await takeVersion(unit, {
      formulaId,
      // What nobody can change any more until it is restored.
      draft: await loadDraft(tx, caller, formulaId),
      message: `Before version ${number} was restored`,
      reuse: true,
    });
    await changeDocument(tx, { orgId, formulaId, actorId }, (now) => editsBetween(now, readFormula(then)));
    then.destroy();
    happened('version.restored', { formulaId, version: [before.number, number] });
    return { formulaId, number, before: before.number };
  });
}
