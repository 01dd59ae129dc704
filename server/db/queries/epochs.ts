import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { EndedEpoch } from '#collab/messages.ts';
import type { FormulaId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { formulaEpochs, formulaSnapshots } from '../schema/index.ts';
import { interval } from './interval.ts';

/** Before a snapshot of the next epoch takes the place of that of this one. */
export async function insertEndedEpoch(tx: Tx, formulaId: FormulaId, { epoch, had }: EndedEpoch): Promise<void> {
  await tx.execute(sql`
    insert into ${formulaEpochs} (formula_id, org_id, epoch, had)
    select formula_id, org_id, ${epoch}::int, ${had}::bytea from ${formulaSnapshots} where formula_id = ${formulaId}`);
}

/** Those of `epochs` that are over and not forgotten. */
export const findEndedEpochs = (tx: Tx, formulaId: FormulaId, epochs: readonly number[]): Promise<EndedEpoch[]> =>
  tx
    .select({ epoch: formulaEpochs.epoch, had: formulaEpochs.had })
    .from(formulaEpochs)
    .where(and(eq(formulaEpochs.formulaId, formulaId), inArray(formulaEpochs.epoch, [...epochs])))
    .orderBy(formulaEpochs.epoch);

export async function forgetEpochsEndedBefore(tx: Tx, age: number): Promise<void> {
  await tx.delete(formulaEpochs).where(lt(formulaEpochs.endedAt, sql`now() - ${interval(age)}`));
}
