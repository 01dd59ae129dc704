import { withOrg } from '#server/db/database.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

export function getVersion({ db, actor }: Caller, input: { readonly id: string }) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const row = await findVersion(tx, actor.orgId, input.id);
    if (!row) throw new AppError('NOT_FOUND', 'There is no such version.');
    return { ...row, createdAt: row.createdAt.getTime() };
  });
}
