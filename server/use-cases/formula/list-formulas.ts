import { withOrg } from '#server/db/database.ts';
import { listFormulas as select } from '#server/db/queries/formulas.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

export function listFormulas({ db, actor }: Caller, input: { readonly archived: boolean }) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const rows = await select(tx, actor.orgId, input.archived);
    return rows.map(({ lastBacktest, ...row }) => ({
      ...row,
      updatedAt: row.updatedAt.getTime(),
      lastBacktest: lastBacktest && { ...lastBacktest, queuedAt: lastBacktest.queuedAt.getTime() },
    }));
  });
}
