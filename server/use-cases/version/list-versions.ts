import type { FormulaId } from '#core/requests/ids.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { listVersions as select } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

export function listVersions(
  caller: Caller,
  wanted: { readonly formulaId: FormulaId; readonly limit: number; readonly cursor?: number | undefined },
) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    if (!(await findFormula(tx, orgId, wanted.formulaId)))
      throw new AppError('NOT_FOUND', 'There is no such strategy.');
    const rows = await select(tx, orgId, wanted);
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.getTime() }));
  });
}
