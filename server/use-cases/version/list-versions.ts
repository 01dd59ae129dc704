import { withOrg } from '#server/db/database.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { listVersions as select } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

export function listVersions({ db, actor }: Caller, input: { readonly formulaId: string }) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    if (!(await findFormula(tx, actor.orgId, input.formulaId)))
      throw new AppError('NOT_FOUND', 'There is no such formula.');
    const rows = await select(tx, actor.orgId, input.formulaId);
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.getTime() }));
  });
}
