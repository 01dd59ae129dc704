import type { FormulaId } from '#core/requests/ids.ts';
import { listWork, type Stretch } from '#server/db/queries/contributions.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { findFacets, listHistory as select } from '#server/db/queries/history.ts';
import { boundSearch } from '#server/db/queries/search.ts';
import { AppError } from '#server/errors.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

interface Wanted {
  readonly formulaId: FormulaId;
  readonly limit: number;
  readonly cursor?: number | undefined;
  readonly text?: string | undefined;
  readonly author?: string | undefined;
  readonly tag?: string | undefined;
  readonly having?: 'bots' | 'runs' | undefined;
}

/** Versions, the newest first, each with who worked on the draft before it and what belongs to it. */
export function listHistory(caller: Caller, { text = '', ...wanted }: Wanted) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    if (!(await findFormula(tx, orgId, wanted.formulaId)))
      throw new AppError('NOT_FOUND', 'There is no such strategy.');
    await boundSearch(tx);
    const rows = await select(tx, orgId, { ...wanted, words: text.split(/\s+/).filter((word) => word !== '') });
    const numbers = rows.map(({ parentNumber }) => parentNumber ?? 0);
    const work =
      rows.length === 0
        ? []
        : await listWork(tx, orgId, {
            formulaId: wanted.formulaId,
            from: Math.min(...numbers),
            to: Math.max(...numbers),
          });
    const byVersion = Map.groupBy(work, ({ afterVersion }) => afterVersion);
    return rows.map((row) => ({
      ...toldOf(row),
      merge: mergeOf(row),
      work: joined(byVersion.get(row.parentNumber ?? 0) ?? []),
    }));
  });
}

type Row = Awaited<ReturnType<typeof select>>[number];

const toldOf = ({
  id,
  number,
  message,
  name,
  author,
  importedBy,
  contentHash,
  errorCount,
  runs,
  bots,
  branches,
  ...row
}: Row) => ({
  id,
  number,
  message,
  name,
  tags: row.tags ?? [],
  author,
  importedBy,
  at: row.at.getTime(),
  contentHash,
  errorCount,
  runs,
  bots,
  branches,
});

/** Of what a version came by a merge; null when by none. */
function mergeOf({ mergeBeforeId, mergeUndoneAt, mergedFormulaId, mergedName, mergedNumber }: Row) {
  if (mergeBeforeId === null || mergedFormulaId === null || mergedName === null || mergedNumber === null) return null;
  return {
    formulaId: mergedFormulaId,
    name: mergedName,
    versionNumber: mergedNumber,
    beforeId: mergeBeforeId,
    isUndone: mergeUndoneAt !== null,
  };
}

/** What can be asked of a history, and who has worked on the draft since its newest version. */
export function getHistory(caller: Caller, { formulaId }: { readonly formulaId: FormulaId }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    if (!(await findFormula(tx, orgId, formulaId))) throw new AppError('NOT_FOUND', 'There is no such strategy.');
    const facets = await findFacets(tx, orgId, formulaId);
    const work = await listWork(tx, orgId, { formulaId, from: facets.newest, to: facets.newest });
    return { ...facets, work: joined(work) };
  });
}

type Work = Pick<Stretch, 'person' | 'startedAt' | 'endedAt' | 'changes'>;

/** A rest of so long is a rest in what is stored, too. */
const REST_MS = 15 * 60_000;

/** A person's stretch of which a part is stored and a part is not yet is one stretch. The newest first. */
function joined(work: readonly Stretch[]): Work[] {
  const found: Work[] = [];
  for (const { person, startedAt, endedAt, changes } of work) {
    const place = found.findLastIndex((other) => other.person === person);
    const later = found[place];
    if (later && later.startedAt - endedAt <= REST_MS)
      found[place] = {
        ...later,
        startedAt: Math.min(later.startedAt, startedAt),
        changes: later.changes + changes,
      };
    else found.push({ person, startedAt, endedAt, changes });
  }
  return found;
}
