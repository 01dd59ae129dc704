import type { FormulaId } from '#core/requests/ids.ts';
import { findFormula, updateFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import { act, type Unit } from '../act/act.ts';
import type { Caller } from '../context.ts';

type Formula = NonNullable<Awaited<ReturnType<typeof findFormula>>>;

export function renameFormula(caller: Caller, input: { readonly id: FormulaId; readonly name: string }): Promise<void> {
  return changeFormula(caller, input.id, async ({ tx, principal, now, happened }, before) => {
    await updateFormula(tx, principal.orgId, input.id, { name: input.name, updatedAt: now });
    happened('formula.renamed', { formulaId: input.id, name: [before.name, input.name] });
  });
}

/** Gives a formula these tags, each once, in place of those that it has. */
export function tagFormula(
  caller: Caller,
  input: { readonly id: FormulaId; readonly tags: readonly string[] },
): Promise<void> {
  return changeFormula(caller, input.id, async ({ tx, principal, happened }, before) => {
    const tags = [...new Set(input.tags)];
    await updateFormula(tx, principal.orgId, input.id, { tags });
    happened('formula.tagged', { formulaId: input.id, tags: [before.tags.join(', '), tags.join(', ')] });
  });
}

/** Takes a formula out of the lists, or puts it back; nothing of it is lost. */
export function archiveFormula(
  caller: Caller,
  input: { readonly id: FormulaId; readonly archived: boolean },
): Promise<void> {
  return changeFormula(caller, input.id, async ({ tx, principal, now, happened }, before) => {
    await updateFormula(tx, principal.orgId, input.id, { archivedAt: input.archived ? now : null });
    happened(input.archived ? 'formula.archived' : 'formula.restored', {
      formulaId: input.id,
      archived: [before.archivedAt !== null, input.archived],
    });
  });
}

function changeFormula(
  caller: Caller,
  id: FormulaId,
  change: (unit: Unit, before: Formula) => Promise<void>,
): Promise<void> {
  return act(caller, 'formula.edit', async (unit) => {
    const before = await findFormula(unit.tx, unit.principal.orgId, id);
    if (!before) throw new AppError('NOT_FOUND', 'There is no such strategy.');
    await change(unit, before);
  });
}
