import type { FormulaId } from '#core/requests/ids.ts';
import { findFormula, listFormulas as select } from '#server/db/queries/formulas.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { AppError } from '#server/errors.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

export function listFormulas(caller: Caller, wanted: Page & { readonly archived: boolean }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const rows = await select(tx, orgId, wanted);
    return rows.map(({ lastBacktest, ...row }) => ({
      ...row,
      updatedAt: row.updatedAt.getTime(),
      lastBacktest: lastBacktest && { ...lastBacktest, queuedAt: lastBacktest.queuedAt.getTime() },
    }));
  });
}

export function getFormula(caller: Caller, input: { readonly id: FormulaId }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const row = await findFormula(tx, orgId, input.id);
    if (!row) throw new AppError('NOT_FOUND', 'There is no such strategy.');
    return {
      ...row,
      createdAt: row.createdAt.getTime(),
      updatedAt: row.updatedAt.getTime(),
      archivedAt: row.archivedAt?.getTime() ?? null,
    };
  });
}
