import type { FormulaId, VersionId } from '#core/requests/ids.ts';
import type { Restored as Made } from '#server/compute/formula/change-document.ts';
import { findVersionState } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { act, type Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { appendLive } from '../document/append-live.ts';
import { changeLive } from '../document/change-live.ts';
import { payForBytes } from '../document/pay-for-loads.ts';
import { takeVersion } from './take-version.ts';
import { sentencesOf } from './told-changes.ts';

export interface Restored {
  readonly formulaId: FormulaId;
  /** The version that was restored. */
  readonly number: number;
  /** The version that keeps the draft before. */
  readonly before: number;
  /** The same: to take back what changed from that version to the restored one undoes this. */
  readonly beforeId: VersionId;
  /** False when the draft says what the version says already: then nothing is done, and no version is made. */
  readonly isChanged: boolean;
}

/**
 * Makes the live document say what a version says, for everybody who is in it, as one change. What was there before
 * becomes a version first.
 */
export async function restoreVersion(caller: Reader, input: { readonly id: VersionId }): Promise<Restored> {
  const { orgId } = caller.principal;
  const version = await read(caller, 'formula.edit', (tx) => findVersionState(tx, orgId, input.id));
  if (!version) throw new AppError('NOT_FOUND', 'There is no such version.');
  const { formulaId, number, documentState: then } = version;
  await payForBytes(then.length);
  const restored = await changeLive<Unit, Made, Restored>(
    { orgId, formulaId },
    {
      transact: (work) => act(caller, 'formula.edit', work),
      make: ({ updates }) => caller.formulas(orgId, 'restore', { updates, then }),
      take: async (unit, stored, { draft, changes, told }) => {
        if (changes.length === 0) {
          unit.nothingHappened();
          return { formulaId, number, before: number, beforeId: input.id, isChanged: false };
        }
        const message = `Before version ${number} was restored`;
        const before = await takeVersion(unit, { formulaId, draft, message, reuse: true });
        await appendLive(unit, formulaId, stored, changes);
        unit.happened('version.restored', {
          formulaId,
          version: [before.number, number],
          changes: [null, sentencesOf(told)],
        });
        return { formulaId, number, before: before.number, beforeId: before.id, isChanged: true };
      },
    },
  );
  if (!restored) throw new AppError('NOT_FOUND', 'There is no such strategy.');
  return restored;
}
