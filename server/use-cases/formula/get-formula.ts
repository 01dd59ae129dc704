import type { FormulaId } from '#core/requests/ids.ts';
import { findOrigin } from '#server/db/queries/branches.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

export function getFormula(caller: Caller, input: { readonly id: FormulaId }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const row = await findFormula(tx, orgId, input.id);
    if (!row) throw new AppError('NOT_FOUND', 'There is no such formula.');
    return {
      ...row,
      branchOf: await findOrigin(tx, orgId, input.id),
      createdAt: row.createdAt.getTime(),
      updatedAt: row.updatedAt.getTime(),
      archivedAt: row.archivedAt?.getTime() ?? null,
    };
  });
}
