import { editsBetween } from '#core/formula/change/edits.ts';
import { withOrg } from '#server/db/database.ts';
import { lockDocument } from '#server/db/queries/document-updates.ts';
import { findVersionState } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { changeDocument } from '../document/change-document.ts';
import { payForBytes } from '../document/pay-for-loads.ts';
import { readFormula, readStored } from '../document/read-stored.ts';
import { takeVersion } from './take-version.ts';

export interface Restored {
  readonly formulaId: string;
  /** The version that was restored. */
  readonly number: number;
  /** The one that keeps what was there before: restoring it takes this back. */
  readonly before: number;
}

/** Makes the live document say what a version says, for everybody who is in it, as one change. What was there before becomes a version first. */
export function restoreVersion(caller: Caller, input: { readonly id: string }): Promise<Restored> {
  const { db, actor } = caller;
  const { orgId, userId: actorId } = actor;
  requirePermission(actor, 'formula.edit');
  return withOrg(db, orgId, async (tx) => {
    const version = await findVersionState(tx, orgId, input.id);
    if (!version) throw new AppError('NOT_FOUND', 'There is no such version.');
    const { formulaId, number, documentState } = version;
    await payForBytes(documentState.length);
    const then = readStored({ updates: [documentState] });
    // The document before the formula's row, in the order in which an append takes them.
    await lockDocument(tx, formulaId);
    const before = await takeVersion(tx, caller, {
      formulaId,
      message: `Before version ${number} was restored`,
      reuse: true,
    });
    await changeDocument(tx, { orgId, formulaId, actorId }, (now) => editsBetween(now, readFormula(then)));
    then.destroy();
    await recordAct(tx, caller, {
      action: 'version.restored',
      entity: 'formula',
      entityId: formulaId,
      difference: { version: [before.number, number] },
    });
    await appendEvent(tx, orgId, { kind: 'formula.changed', payload: { formulaId } });
    return { formulaId, number, before: before.number };
  });
}
