import { setImmediate } from 'node:timers/promises';
import { gapText } from '#core/market/check-bars.ts';
import { findGaps, type Times } from '#core/market/find-gaps.ts';
import { withOrg } from '#server/db/database.ts';
import { findMarket, loadTimes } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

/** Holes where bars are missing. */
export interface Gaps {
  readonly count: number;
  /** The first of them, in words. */
  readonly messages: readonly string[];
}

const TOLD = 20;

export function describeGaps(times: Times): Gaps {
  const gaps = findGaps(times);
  return { count: gaps.length, messages: gaps.slice(0, TOLD).map((bar) => gapText(times.time, bar)) };
}

/** The holes in a market's bars, or in those of a range. */
export function readGaps({ db, actor }: Caller, { id, from, to }: { readonly id: string; readonly from?: number | undefined; readonly to?: number | undefined }): Promise<Gaps> {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const market = await findMarket(tx, actor.orgId, id);
    if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
    const time = await loadTimes(tx, market, { from, to });
    await setImmediate();
    return describeGaps({ time, length: time.length, timeframe: market.timeframe });
  });
}
