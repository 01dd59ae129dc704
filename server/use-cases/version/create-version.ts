import type { FormulaId } from '#core/requests/ids.ts';
import { findNewestVersion, findVersion } from '#server/db/queries/versions.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { readDraft } from '../document/draft.ts';
import { takeVersion, type TakenVersion } from './take-version.ts';
import { changesBetween, sentencesOf } from './told-changes.ts';

/** Saves the formula as it is in the shared document at this moment. */
export async function createVersion(
  caller: Reader,
  input: { readonly formulaId: FormulaId; readonly message: string },
): Promise<TakenVersion> {
  const { orgId } = caller.principal;
  const draft = await readDraft(caller, 'version.create', input.formulaId);
  const before = await read(caller, 'version.create', async (tx) => {
    const newest = await findNewestVersion(tx, orgId, input.formulaId);
    return newest && findVersion(tx, orgId, newest.id);
  });
  const changes = draft ? await changesBetween(caller, before?.json ?? null, draft.json) : [];
  const told = { since: before?.id ?? null, changes: sentencesOf(changes) };
  return act(caller, 'version.create', (unit) => takeVersion(unit, { ...input, draft, reuse: false, told }));
}
