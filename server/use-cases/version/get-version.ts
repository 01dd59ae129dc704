import type { VersionId } from '#core/requests/ids.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

export function getVersion(caller: Caller, input: { readonly id: VersionId }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const row = await findVersion(tx, orgId, input.id);
    if (!row) throw new AppError('NOT_FOUND', 'There is no such version.');
    return { ...row, createdAt: row.createdAt.getTime() };
  });
}
