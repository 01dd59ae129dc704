import type { Tx } from '#server/db/database.ts';
import { withOrg } from '#server/db/database.ts';
import { findFormula, updateFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';

type Formula = NonNullable<Awaited<ReturnType<typeof findFormula>>>;

export function renameFormula(caller: Caller, input: { readonly id: string; readonly name: string }): Promise<void> {
  return changeFormula(caller, input.id, async (tx, before) => {
    await updateFormula(tx, caller.actor.orgId, input.id, { name: input.name, updatedAt: caller.now });
    return { action: 'formula.renamed', difference: { name: [before.name, input.name] } };
  });
}

/** Takes a formula out of the lists, or puts it back; nothing of it is lost. */
export function archiveFormula(
  caller: Caller,
  input: { readonly id: string; readonly archived: boolean },
): Promise<void> {
  return changeFormula(caller, input.id, async (tx, before) => {
    await updateFormula(tx, caller.actor.orgId, input.id, { archivedAt: input.archived ? caller.now : null });
    return {
      action: input.archived ? 'formula.archived' : 'formula.restored',
      difference: { archived: [before.archivedAt !== null, input.archived] },
    };
  });
}

type Change = { action: string; difference: Record<string, readonly [unknown, unknown]> };

function changeFormula(
  caller: Caller,
  id: string,
  change: (tx: Tx, before: Formula) => Promise<Change>,
): Promise<void> {
  const { db, actor } = caller;
  requirePermission(actor, 'formula.edit');
  return withOrg(db, actor.orgId, async (tx) => {
    const before = await findFormula(tx, actor.orgId, id);
    if (!before) throw new AppError('NOT_FOUND', 'There is no such formula.');
    await recordAct(tx, caller, { entity: 'formula', entityId: id, ...(await change(tx, before)) });
    await appendEvent(tx, actor.orgId, { kind: 'formula.changed', payload: { formulaId: id } });
  });
}
