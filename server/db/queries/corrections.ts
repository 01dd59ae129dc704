import { and, asc, eq, gt } from 'drizzle-orm';
import { bytesOf, columnOf } from '../columns-of-bytes.ts';
import type { Tx } from '../database.ts';
import { barCorrections } from '../schema/index.ts';
import type { MarketRow } from './markets.ts';

/** Which bars were corrected, by the times at which they open, in order. */
export interface Corrected {
  /** Bars that have other values, or are not there any more. */
  readonly changed: readonly number[];
  /** Bars that were not there, before the last one. */
  readonly added: readonly number[];
}

/** Keeps which bars a correction was of. */
export async function insertCorrection(
  tx: Tx,
  { orgId, id: marketId }: MarketRow,
  { revision, changed, added }: Corrected & { readonly revision: number },
): Promise<void> {
  await tx.insert(barCorrections).values({
    orgId,
    marketId,
    revision,
    changed: bytesOf(Float64Array.from(changed)),
    added: bytesOf(Float64Array.from(added)),
  });
}

/** All bars that were corrected since a revision of a market, each once. */
export async function findCorrected(tx: Tx, orgId: string, marketId: string, since: number): Promise<Corrected> {
  const rows = await tx
    .select({ changed: barCorrections.changed, added: barCorrections.added })
    .from(barCorrections)
    .where(
      and(eq(barCorrections.orgId, orgId), eq(barCorrections.marketId, marketId), gt(barCorrections.revision, since)),
    )
    .orderBy(asc(barCorrections.revision));
  const [changed, added] = [new Set<number>(), new Set<number>()];
  // What became of a bar first says whether it was there: a bar that was removed may have come again.
  for (const row of rows) {
    for (const time of columnOf(row.changed)) if (!added.has(time)) changed.add(time);
    for (const time of columnOf(row.added)) if (!changed.has(time)) added.add(time);
  }
  return { changed: inOrder(changed), added: inOrder(added) };
}

const inOrder = (times: ReadonlySet<number>): number[] => [...times].sort((a, b) => a - b);
