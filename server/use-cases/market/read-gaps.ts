import { setImmediate } from 'node:timers/promises';
import type { Timeframe } from '#core/market/bars.ts';
import { gapText } from '#core/market/check-bars.ts';
import { learnSessions } from '#core/market/find-gaps.ts';
import type { MarketId } from '#core/requests/ids.ts';
import { eachTimes } from '#server/db/queries/bar-chunks.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

/** Holes where bars are missing. */
export interface Gaps {
  readonly count: number;
  /** The first of them, in words. */
  readonly messages: readonly string[];
}

const TOLD = 20;

/**
 * The holes between times that `pieces` gives in order, twice: one piece is looked at a turn, so that others get
 * theirs.
 */
export async function describeGaps(
  pieces: () => AsyncIterable<Float64Array> | Iterable<Float64Array>,
  timeframe: Timeframe,
): Promise<Gaps> {
  const learning = learnSessions(timeframe);
  for await (const times of pieces()) {
    learning.add(times);
    await setImmediate();
  }
  const sessions = learning.end();
  let count = 0;
  let before = Number.NaN;
  const messages: string[] = [];
  if (sessions === null) return { count, messages };
  for await (const times of pieces()) {
    for (const now of times) {
      if (sessions.isGap(before, now)) {
        count += 1;
        if (messages.length < TOLD) messages.push(gapText(before, now));
      }
      before = now;
    }
    await setImmediate();
  }
  return { count, messages };
}

/** The holes in a market's bars, or in those of a range. Of a market of any length one chunk is in memory. */
export function readGaps(
  caller: Caller,
  { id, from, to }: { readonly id: MarketId; readonly from?: number | undefined; readonly to?: number | undefined },
): Promise<Gaps> {
  const { orgId } = caller.principal;
  return read(
    caller,
    'org.read',
    async (tx) => {
      const market = await findMarket(tx, orgId, id);
      if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
      return describeGaps(() => eachTimes(tx, market, { from, to }), market.timeframe);
    },
    'snapshot',
  );
}
