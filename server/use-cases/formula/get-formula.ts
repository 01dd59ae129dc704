import { withOrg } from '#server/db/database.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

export function getFormula({ db, actor }: Caller, input: { readonly id: string }) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const row = await findFormula(tx, actor.orgId, input.id);
    if (!row) throw new AppError('NOT_FOUND', 'There is no such formula.');
    return {
      ...row,
      createdAt: row.createdAt.getTime(),
      updatedAt: row.updatedAt.getTime(),
      archivedAt: row.archivedAt?.getTime() ?? null,
    };
  });
}
