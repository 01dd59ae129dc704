import { withOrg } from '#server/db/database.ts';
import { findMarket, loadBars, loadLastBars } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';
import { reduceBars, type BarLists } from './reduce-bars.ts';

export interface BarsWanted {
  readonly id: string;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The newest so many bars, whatever the range. */
  readonly last?: number | undefined;
  readonly maxPoints: number;
}

export function readBars({ db, actor }: Caller, wanted: BarsWanted): Promise<BarLists> {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const market = await findMarket(tx, actor.orgId, wanted.id);
    if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
    const bars = wanted.last === undefined ? await loadBars(tx, market, wanted) : await loadLastBars(tx, market, wanted.last);
    return reduceBars(bars, wanted.maxPoints);
  });
}
