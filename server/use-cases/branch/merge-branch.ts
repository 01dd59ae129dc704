import type { FormulaId, VersionId } from '#core/requests/ids.ts';
import type { Draft } from '#server/compute/formula/draft.ts';
import type { MergedDraft, MergeOutcome } from '#server/compute/formula/merge-draft.ts';
import { insertMerge } from '#server/db/queries/branches.ts';
import type { StoredDocument } from '#server/db/queries/documents.ts';
import { lockFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import { userOf } from '#server/policies/principal.ts';
import { act, type Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { appendLive } from '../document/append-live.ts';
import { changeLive } from '../document/change-live.ts';
import { readDraft } from '../document/draft.ts';
import { payForText } from '../document/pay-for-loads.ts';
import { takeVersion } from '../version/take-version.ts';
import { findSides, type ReadPair, type Sides } from './read-pair.ts';

export interface MergeWanted extends Sides {
  /** The version with which both sides were compared, as the person saw them. */
  readonly base: VersionId;
  /** The content hash of what `from` said. */
  readonly theirs: string;
  /** The changes to take, by their keys. */
  readonly chosen: readonly string[];
  /** Changes of `into` that give way to them, by their keys. */
  readonly undone: readonly string[];
  /** What is left is not offered again. */
  readonly isSettled: boolean;
  readonly message: string;
}

export interface MergedBranch {
  readonly formulaId: FormulaId;
  readonly before: VersionId;
  readonly after: VersionId;
  readonly number: number;
}

/**
 * Takes changes of a branch into its origin, or the other way: one transaction on the live document, computed against
 * the document as it is at that moment. CONFLICT when what was chosen would do something else by now than the person
 * has seen.
 */
export async function mergeBranch(caller: Reader, wanted: MergeWanted): Promise<MergedBranch> {
  const { orgId } = caller.principal;
  const { into, from, chosen, undone } = wanted;
  const pair = await read(caller, 'formula.edit', (tx) => findSides(tx, orgId, wanted));
  if (chosen.length === 0 && !wanted.isSettled)
    throw new AppError('INVALID', 'Take at least one change, or say that what is left is not to be offered again.');
  if (pair.base.id !== wanted.base) throw moved('Somebody has merged the two meanwhile.');
  const source = await readDraft(caller, 'formula.edit', from);
  if (source?.contentHash !== wanted.theirs) throw moved(`“${pair.fromName}” has changed meanwhile.`);
  const { json: base } = pair.base;
  await payForText(base + source.json);
  const done = await changeLive<Unit, MergeOutcome, MergedBranch>(
    { orgId, formulaId: into },
    {
      transact: (work) => act(caller, 'formula.edit', work),
      make: ({ updates }) => caller.formulas(orgId, 'merge', { updates, base, theirs: source.json, chosen, undone }),
      take: (unit, stored, made) => {
        if (made.type === 'moved') throw movedBy(pair, made.sentences);
        return keepMerge(unit, { wanted, pair, source, stored, made });
      },
    },
  );
  if (!done) throw new AppError('NOT_FOUND', 'There is no such strategy.');
  return done;
}

interface Made {
  readonly wanted: MergeWanted;
  readonly pair: ReadPair;
  readonly source: Draft;
  readonly stored: StoredDocument;
  readonly made: MergedDraft;
}

async function keepMerge(unit: Unit, { wanted, pair, source, stored, made }: Made): Promise<MergedBranch> {
  const { tx, principal, now } = unit;
  const { orgId } = principal;
  const { into, from } = wanted;
  // Merges of one branch go one after the other, whichever way they go.
  await lockFormula(tx, orgId, pair.branchId);
  const { branchId, base, intoName, fromName } = await findSides(tx, orgId, wanted);
  if (base.id !== wanted.base) throw moved('Somebody has merged the two meanwhile.');
  const taken = await takeVersion(unit, {
    formulaId: from,
    draft: source,
    message: `Merged into ${intoName}`,
    reuse: true,
  });
  const before = await takeVersion(unit, {
    formulaId: into,
    draft: made.before,
    message: `Before version ${taken.number} of ${fromName} was merged`,
    reuse: true,
  });
  await appendLive(unit, into, stored, made.changes);
  const message = wanted.message === '' ? `Merged ${fromName}, version ${taken.number}` : wanted.message;
  // Also where nothing of meaning has changed: the history says that there was a merge.
  const after = await takeVersion(unit, { formulaId: into, draft: made.after, message, reuse: false });
  await insertMerge(tx, {
    orgId,
    branchId,
    intoId: into,
    sourceVersionId: taken.id,
    beforeVersionId: before.id,
    afterVersionId: after.id,
    nextBaseId: wanted.isSettled || made.left.length === 0 ? taken.id : base.id,
    mergedBy: userOf(principal),
    mergedAt: now,
  });
  unit.happened('branch.merged', {
    formulaId: into,
    fromId: from,
    from: [null, fromName],
    version: [before.number, after.number],
    changes: [null, made.taken.slice(0, AUDITED)],
    left: [null, made.left.slice(0, AUDITED)],
  });
  return { formulaId: into, before: before.id, after: after.id, number: after.number };
}

/** Sentences that the audit keeps of a merge. */
const AUDITED = 100;

const AGAIN = 'Nothing was merged. Look at the changes as they are now, and merge again.';

const moved = (what: string): AppError => new AppError('CONFLICT', `${what} ${AGAIN}`);

function movedBy({ intoName }: ReadPair, sentences: readonly string[]): AppError {
  const how = sentences.length === 0 ? '' : ` (${sentences.slice(0, 3).join('; ')})`;
  return moved(`“${intoName}” has changed meanwhile where you merge${how}.`);
}
