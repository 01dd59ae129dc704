import type { Database } from '#server/db/database.ts';
import { addCheckpoints } from '#server/db/queries/audit-chain.ts';
import { actAcross } from '../act/act.ts';
import { freely } from '../act/right.ts';
import { NOWHERE } from '../context.ts';

interface Checkpoint {
  readonly chain: string;
  readonly sequence: number;
  readonly hash: string;
}

/**
 * Notes where each chain of the audit is, and tells the new checkpoints: a log that is kept elsewhere shows what
 * somebody changed who owns the database.
 */
export async function noteCheckpoints(db: Database, now: Date, tell: (checkpoint: Checkpoint) => void): Promise<void> {
  const noted = await actAcross({ db, now, from: NOWHERE }, freely('the house looks after the audit'), async (unit) => {
    unit.nothingHappened();
    return addCheckpoints(unit.tx, now);
  });
  for (const { chain, sequence, hash } of noted) tell({ chain, sequence: Number(sequence), hash });
}
