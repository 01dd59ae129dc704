import { indexFrom } from '#core/market/index-from.ts';
import { idOf, type MarketId, type OrgId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import type { MadeOn } from '#server/db/made-on.ts';
import { loadTimes } from '#server/db/queries/bar-chunks.ts';
import { findCorrected } from '#server/db/queries/corrections.ts';
import { findMarket, type MarketRow } from '#server/db/queries/markets.ts';

interface Run {
  readonly marketId: MarketId;
  /** UTC milliseconds, both included; null: all there are. */
  readonly from: number | null;
  readonly to: number | null;
  readonly madeOn: MadeOn | null;
}

/** What became of the bars that a run was made on. */
export interface BarsSince {
  /** When the last of them opens; null when it has no answer. */
  readonly lastBar: number | null;
  /** How many of them were corrected after the run, by market; bars that now stand between them count. */
  readonly corrected: readonly { readonly symbol: string; readonly timeframe: string; readonly bars: number }[];
  /** Whether bars of its range have come behind the last one. */
  readonly hasNewer: boolean;
}

export async function barsSince(tx: Tx, orgId: OrgId, { marketId, from: asked, to, madeOn }: Run): Promise<BarsSince> {
  if (!madeOn) return { lastBar: null, corrected: [], hasNewer: false };
  const { revision, feeds, last } = madeOn;
  const corrected: BarsSince['corrected'][number][] = [];
  const own = await findMarket(tx, orgId, marketId);
  const read: (readonly [id: MarketId, revision: number, from: number])[] = [
    // Older bars than the first one are bars of its range, too: up to where somebody asked for, or all there are.
    [marketId, revision, asked ?? Number.NEGATIVE_INFINITY],
    ...Object.entries(feeds).map(([id, of]) => [idOf('market', id), of, Number.NEGATIVE_INFINITY] as const),
  ];
  for (const [id, since, from] of read) {
    const market = id === marketId ? own : await findMarket(tx, orgId, id);
    if (!market || market.corrected <= since) continue;
    const found = await findCorrected(tx, orgId, id, since);
    const bars = countWithin(found.changed, from, last) + countWithin(found.added, from, last);
    if (bars > 0) corrected.push({ symbol: market.symbol, timeframe: market.timeframe, bars });
  }
  return { lastBar: last, corrected, hasNewer: own !== null && own.lastTime > last && (to === null || to > last) };
}

const countWithin = (times: Float64Array, from: number, to: number): number =>
  Math.max(0, indexFrom(times, to + 1) - indexFrom(times, from));

/**
 * When the bars open that a run was made on: not those that have come since, behind them or between them, and with
 * those that were removed since.
 */
export async function timesOfRun(
  tx: Tx,
  market: MarketRow,
  { from, to, madeOn }: Omit<Run, 'marketId'>,
): Promise<Float64Array> {
  const last = madeOn ? Math.min(madeOn.last, to ?? madeOn.last) : to;
  const times = await loadTimes(tx, market, { from: from ?? undefined, to: last ?? undefined });
  if (!madeOn || market.corrected <= madeOn.revision) return times;
  const { changed, added } = await findCorrected(tx, market.orgId, market.id, madeOn.revision);
  const { first } = madeOn;
  const then = changed.filter((time) => first <= time && time <= (last ?? time) && (from === null || from <= time));
  const kept = times.filter((time) => added[indexFrom(added, time)] !== time);
  const removed = then.filter((time) => kept[indexFrom(kept, time)] !== time);
  return removed.length === 0 ? kept : Float64Array.from([...kept, ...removed]).sort();
}
