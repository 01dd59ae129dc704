import { withOrg, type Tx } from '#server/db/database.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { listDocuments as select } from '#server/db/queries/open-documents.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { compactDocument } from './compact-document.ts';
import { rebaseDocument } from './rebase-document.ts';

/** The shared documents of the organisation: who is in them on which server, and what they weigh. */
export function listDocuments({ db, actor }: Caller) {
  requirePermission(actor, 'document.manage');
  return withOrg(db, actor.orgId, async (tx) => {
    const rows = await select(tx, actor.orgId);
    return rows.map((row) => ({ ...row, compactedAt: row.compactedAt?.getTime() ?? null }));
  });
}

export interface Managed {
  readonly formulaId: string;
}

/** Makes snapshot and updates one. Nobody who has it open notices. */
export function compact(caller: Caller, { formulaId }: Managed): Promise<void> {
  return manage(caller, formulaId, async (tx) => {
    await compactDocument(tx, formulaId);
    await recordAct(tx, caller, { action: 'document.compacted', entity: 'formula', entityId: formulaId });
  });
}

/** Puts a fresh copy in the document's place: everybody in it goes over to that one, and can't undo what was before. */
export function rebase(caller: Caller, { formulaId }: Managed): Promise<{ epoch: number }> {
  return manage(caller, formulaId, async (tx) => {
    const epoch = await rebaseDocument(tx, formulaId);
    if (epoch === null) throw new AppError('NOT_FOUND', 'There is no such formula.');
    await recordAct(tx, caller, {
      action: 'document.rebased',
      entity: 'formula',
      entityId: formulaId,
      difference: { epoch: [epoch - 1, epoch] },
    });
    return { epoch };
  });
}

function manage<T>({ db, actor }: Caller, formulaId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  requirePermission(actor, 'document.manage');
  return withOrg(db, actor.orgId, async (tx) => {
    if (!(await findFormula(tx, actor.orgId, formulaId))) throw new AppError('NOT_FOUND', 'There is no such formula.');
    return work(tx);
  });
}
