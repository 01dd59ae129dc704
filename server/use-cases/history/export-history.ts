import { LONGEST_HISTORY, MOST_VERSIONS_OF_FILE } from '#core/history/history-file.ts';
import type { FormulaId } from '#core/requests/ids.ts';
import { findOrigin } from '#server/db/queries/branches.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { findFacets, readVersionsToWrite } from '#server/db/queries/history.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { readDraft } from '../document/draft.ts';
import { payForBytes } from '../document/pay-for-loads.ts';

/** Stored JSON has about so many times the characters that the file has of it. */
const INDENTED = 2;

export interface ExportedHistory {
  readonly name: string;
  readonly text: string;
  readonly versions: number;
}

/**
 * A strategy with its versions as one file. An act, since the audit keeps what was taken out. Of a long history the
 * oldest versions are left out, which the file says.
 */
export async function exportHistory(
  caller: Reader,
  input: { readonly formulaId: FormulaId },
): Promise<ExportedHistory> {
  const { formulaId } = input;
  const { orgId } = caller.principal;
  const draft = await readDraft(caller, 'org.read', formulaId);
  const history = await read(caller, 'org.read', async (tx) => {
    const formula = await findFormula(tx, orgId, formulaId);
    if (!formula || !draft) throw new AppError('NOT_FOUND', 'There is no such formula.');
    const branchOf = await findOrigin(tx, orgId, formulaId);
    const { count } = await findFacets(tx, orgId, formulaId);
    const versions = await readVersionsToWrite(tx, orgId, {
      formulaId,
      bytes: INDENTED * LONGEST_HISTORY,
      limit: MOST_VERSIONS_OF_FILE,
    });
    await payForBytes(versions.reduce((sum, { json }) => sum + json.length, 0));
    const { name, tags, saidOrigin } = formula;
    const origin = branchOf
      ? { name: branchOf.name, version: branchOf.versionNumber, contentHash: branchOf.contentHash }
      : saidOrigin;
    return { name, tags, origin, versions, draftJson: draft.json, omitted: count - versions.length };
  });
  const text = await caller.formulas(orgId, 'toHistory', history);
  return act(caller, 'org.read', async ({ happened }) => {
    const versions = history.versions.length;
    happened('history.downloaded', { formulaId, versions });
    return Promise.resolve({ name: history.name, text, versions });
  });
}
