import { idOf, type FormulaId } from '#core/requests/ids.ts';
import type { VersionToKeep } from '#server/compute/formula/histories.ts';
import { lockFormulaNames, updateFormula } from '#server/db/queries/formulas.ts';
import { insertHistory } from '#server/db/queries/history.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import { nameProblem } from '#server/policies/name-problem.ts';
import { userOf } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import type { Reader } from '../context.ts';
import { payForText } from '../document/pay-for-loads.ts';
import { storeFormula } from '../formula/create-formula.ts';
import { uniqueName } from '../formula/name-of-file.ts';
import { requireQuota } from '../quota.ts';

export interface ImportedHistory {
  readonly id: FormulaId;
  readonly name: string;
  readonly versions: number;
}

/**
 * Makes a strategy of a file, with its versions. Whoever imports is their author; who made them and when stands beside
 * them as what the file says, and gives nobody a right.
 */
export async function importHistory(caller: Reader, file: { readonly text: string }): Promise<ImportedHistory> {
  requirePermission(caller.principal, 'formula.edit');
  requirePermission(caller.principal, 'version.create');
  const { orgId } = caller.principal;
  await payForText(file.text);
  const id = idOf('formula', crypto.randomUUID());
  const history = await caller.formulas(orgId, 'ofHistory', { formulaId: id, text: file.text });
  const named = history.versions.flatMap(({ name, author, tags }) => [author, ...tags, ...(name === '' ? [] : [name])]);
  const problem = [history.name, ...history.tags, ...named].map(nameProblem).find((each) => each !== null);
  if (problem !== undefined)
    throw new AppError('FORMULA_INVALID', `A name, author or tag in the file can't be used. ${problem}`);
  return act(caller, 'formula.edit', async (unit) => {
    const { tx, principal, now, happened } = unit;
    const authorId = userOf(principal);
    if (authorId === null) throw new AppError('FORBIDDEN', 'Versions have an author: a person imports them.');
    const name = uniqueName(history.name, await lockFormulaNames(tx, orgId));
    await storeFormula(unit, { id, name, state: history.state, saidOrigin: history.origin }, 'formula.imported');
    if (history.tags.length > 0) await updateFormula(tx, orgId, id, { tags: [...history.tags] });
    const bytes = history.versions.reduce((sum, { state }) => sum + state.length, 0);
    await requireQuota(tx, orgId, 'versions', history.versions.length);
    await requireQuota(tx, orgId, 'versionBytes', bytes);
    await insertHistory(tx, rowsOf(history.versions, { orgId, formulaId: id, authorId, createdAt: now }));
    happened('history.imported', { formulaId: id, versions: history.versions.length });
    return { id, name, versions: history.versions.length };
  });
}

type Common = Pick<
  Parameters<typeof insertHistory>[1][number]['version'],
  'orgId' | 'formulaId' | 'authorId' | 'createdAt'
>;

function rowsOf(versions: readonly VersionToKeep[], common: Common): Parameters<typeof insertHistory>[1] {
  const ids = versions.map(() => idOf('version', crypto.randomUUID()));
  return versions.map(({ state, name, author, at, tags, message, ...version }, place) => ({
    version: {
      ...common,
      ...version,
      id: ids[place] ?? idOf('version', crypto.randomUUID()),
      parentId: ids[place - 1] ?? null,
      message,
      documentState: state,
    },
    label: { name, tags: [...tags], saidAuthor: author, saidAt: new Date(at) },
  }));
}
