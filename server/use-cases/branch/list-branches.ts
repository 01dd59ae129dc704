import type { FormulaId } from '#core/requests/ids.ts';
import { listBranches as select } from '#server/db/queries/branches.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { AppError } from '#server/errors.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

/** The branches of a formula, the newest first. */
export function listBranches(caller: Caller, { formulaId, ...page }: Page & { readonly formulaId: FormulaId }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    if (!(await findFormula(tx, orgId, formulaId))) throw new AppError('NOT_FOUND', 'There is no such formula.');
    const rows = await select(tx, orgId, { ...page, originId: formulaId });
    return rows.map(({ archivedAt, ...row }) => ({
      ...row,
      isArchived: archivedAt !== null,
      createdAt: row.createdAt.getTime(),
      updatedAt: row.updatedAt.getTime(),
    }));
  });
}
