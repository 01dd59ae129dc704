import type { FormulaId, VersionId } from '#core/requests/ids.ts';
import type { Restored as Made } from '#server/compute/formula/change-document.ts';
import { appendUpdates, notifyDocument } from '#server/db/queries/document-updates.ts';
import type { StoredDocument } from '#server/db/queries/documents.ts';
import { findVersionState } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { EDITORS } from '#server/policies/permissions.ts';
import { userOf } from '#server/policies/principal.ts';
import { act, type Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { changeLive } from '../document/change-live.ts';
import { payForBytes } from '../document/pay-for-loads.ts';
import { takeVersion } from './take-version.ts';

export interface Restored {
  readonly formulaId: FormulaId;
  /** The version that was restored. */
  readonly number: number;
  /** The version that keeps the draft before: to restore that version undoes this. */
  readonly before: number;
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
      take: async (unit, stored, { draft, changes }) => {
        const message = `Before version ${number} was restored`;
        const before = await takeVersion(unit, { formulaId, draft, message, reuse: true });
        await append(unit, formulaId, stored, changes);
        unit.happened('version.restored', { formulaId, version: [before.number, number] });
        return { formulaId, number, before: before.number };
      },
    },
  );
  if (!restored) throw new AppError('NOT_FOUND', 'There is no such strategy.');
  return restored;
}

/** Everybody who has the document open, on any server, sees the changes at the commit. */
async function append(
  { tx, principal }: Unit,
  formulaId: FormulaId,
  { sequence, epoch }: StoredDocument,
  changes: readonly Uint8Array[],
): Promise<void> {
  if (changes.length === 0) return;
  const actorId = userOf(principal);
  const appended = await appendUpdates(
    tx,
    { orgId: principal.orgId, formulaId, after: sequence, epoch, editors: EDITORS },
    changes.map((bytes) => ({ actorId, bytes })),
  );
  if (appended === 'forbidden') throw new AppError('FORBIDDEN', 'Your role does not allow you to edit any more.');
  await notifyDocument(tx, formulaId, sequence + changes.length);
}
