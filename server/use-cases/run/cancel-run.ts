import type { RunId } from '#core/requests/ids.ts';
import { AppError } from '#server/errors.ts';
import { announceCancel } from '#server/queue/cancellations.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';
import type { RunKind, RunRow } from './kinds.ts';

/** Cancels a queued or running run. The threads that compute it are told at the commit; nothing of it is kept. */
export function cancelRun<Id extends RunId>(
  caller: Caller,
  kind: RunKind<RunRow<Id>>,
  { id }: { readonly id: Id },
): Promise<void> {
  return act(caller, 'backtest.run', async (unit) => {
    const {
      tx,
      principal: { orgId },
      now,
    } = unit;
    const row = await kind.move(tx, { orgId, id }, ['queued', 'running'], { status: 'cancelled', finishedAt: now });
    if (!row) {
      const existing = await kind.find(tx, orgId, id);
      if (!existing) throw new AppError('NOT_FOUND', `There is no such ${kind.noun}.`);
      throw new AppError(
        'CONFLICT',
        `It is too late to cancel: the ${kind.noun} has ${existing.status === 'cancelled' ? 'been cancelled' : existing.status}.`,
      );
    }
    await announceCancel(tx, id);
    kind.tell(unit, row, 'cancelled');
  });
}
