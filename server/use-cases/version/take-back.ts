import type { FormulaId, VersionId } from '#core/requests/ids.ts';
import type { MergeOutcome } from '#server/compute/formula/merge-draft.ts';
import { undoMerges } from '#server/db/queries/branches.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { act, type Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { appendLive } from '../document/append-live.ts';
import { changeLive } from '../document/change-live.ts';
import { payForText } from '../document/pay-for-loads.ts';
import { takeVersion } from './take-version.ts';

export interface TakenBack {
  readonly formulaId: FormulaId;
  /** In sentences: what somebody has changed again since, and what stays as it is. */
  readonly left: readonly string[];
}

/**
 * Takes back what changed from one version to another, such as a merge or a restore, from the live document as it is
 * now. What others have changed since stays: the two are merged, with the later version as their base.
 */
export async function takeBack(
  caller: Reader,
  input: { readonly before: VersionId; readonly after: VersionId },
): Promise<TakenBack> {
  const { orgId } = caller.principal;
  const [before, after] = await read(caller, 'formula.edit', async (tx) => [
    await findVersion(tx, orgId, input.before),
    await findVersion(tx, orgId, input.after),
  ]);
  if (!before || !after) throw new AppError('NOT_FOUND', 'There is no such version.');
  if (before.id === after.id) throw new AppError('INVALID', 'Choose two versions: one has no change to take back.');
  if (before.formulaId !== after.formulaId)
    throw new AppError('INVALID', 'The two versions are of different strategies. Choose two of one strategy.');
  const { formulaId } = after;
  await payForText(before.json + after.json);
  const done = await changeLive<Unit, MergeOutcome, TakenBack>(
    { orgId, formulaId },
    {
      transact: (work) => act(caller, 'formula.edit', work),
      make: ({ updates }) =>
        caller.formulas(orgId, 'merge', {
          updates,
          base: after.json,
          theirs: before.json,
          chosen: 'peaceful',
          undone: [],
        }),
      take: async (unit, stored, made) => {
        if (made.type === 'moved')
          throw new AppError('CONFLICT', 'The strategy has changed too much. Restore a version instead.');
        const message = `Before changes of version ${after.number} were taken back`;
        const kept = await takeVersion(unit, { formulaId, draft: made.before, message, reuse: true });
        await appendLive(unit, formulaId, stored, made.changes);
        await undoMerges(unit.tx, orgId, { ...input, now: unit.now });
        unit.happened('version.taken-back', {
          formulaId,
          version: [kept.number, before.number],
          left: [null, made.left],
        });
        return { formulaId, left: made.left };
      },
    },
  );
  if (!done) throw new AppError('NOT_FOUND', 'There is no such strategy.');
  return done;
}
