import type { VersionId } from '#core/requests/ids.ts';
import { findLabel, putLabel } from '#server/db/queries/history.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';

/** Gives a version a name and tags, in place of those that it has. The version itself never changes. */
export function labelVersion(
  caller: Caller,
  { id, name, tags }: { readonly id: VersionId; readonly name: string; readonly tags: readonly string[] },
): Promise<void> {
  return act(caller, 'version.create', async ({ tx, principal: { orgId }, happened }) => {
    const before = await findLabel(tx, orgId, id);
    if (!before) throw new AppError('NOT_FOUND', 'There is no such version.');
    const once = [...new Set(tags)];
    await putLabel(tx, { orgId, versionId: id, name, tags: once });
    happened('version.labelled', {
      formulaId: before.formulaId,
      versionId: id,
      number: before.number,
      name: [before.name, name],
      tags: [before.tags.join(', '), once.join(', ')],
    });
  });
}
