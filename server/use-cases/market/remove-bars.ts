import { createHash } from 'node:crypto';
import type { MarketId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { listChunks, loadTimes } from '#server/db/queries/bar-chunks.ts';
import { isUnsettled, settleRows } from '#server/db/queries/change-bars.ts';
import { insertCorrection } from '#server/db/queries/corrections.ts';
import { cutBars } from '#server/db/queries/cut-bars.ts';
import { hashRange } from '#server/db/queries/hash-range.ts';
import { countStanding, lockMarket, updateMarket, type MarketRow } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import type { Reader } from '../context.ts';
import { learnReaders, overtakeBots } from './tell-bots.ts';

export interface BarsToRemove {
  readonly id: MarketId;
  /** UTC milliseconds, both included. */
  readonly from: number;
  readonly to: number;
  /** The removal that somebody has seen and wants, as an answer has named it. */
  readonly seen?: string | undefined;
}

/** What a removal would take away, and what stands on it. */
export interface Removal {
  /** Stands for exactly these bars with their values. */
  readonly seen: string;
  readonly bars: number;
  /** Times of the first and the last of the bars. */
  readonly from: number;
  readonly to: number;
  /** Backtests and sweeps that were made on them: they keep their results and say so. */
  readonly runs: number;
  /** Bots that have begun on the market: those that have seen the bars run all others again. */
  readonly bots: number;
}

export type Removed =
  /** Nothing was done: somebody has to say that the bars are to go. */
  { readonly kind: 'asked'; readonly removal: Removal } | { readonly kind: 'removed'; readonly bars: number };

const NONE = new Float64Array(0);

/**
 * Takes the bars of a span out of a market, once somebody has seen which: such as a bar with a wrong year. A removal is
 * a correction to runs and bots. Throws NOT_FOUND, INVALID where there are no such bars, and CONFLICT where no bar
 * would be left.
 */
export async function removeBars(caller: Reader, { id, from, to, seen }: BarsToRemove): Promise<Removed> {
  await learnReaders(caller, id);
  return act(caller, 'market.manage', async (unit) => {
    const { tx, principal, happened } = unit;
    const before = await lockMarket(tx, principal.orgId, id, 'key share');
    if (!before) throw noMarket();
    // Asked without the lock behind which runs wait, and again only if somebody has changed the market meanwhile. Rows
    // that a run may cut anew are looked at once they are locked.
    const early = isUnsettled(await listChunks(tx, before, {})) ? null : await look(tx, before, { from, to });
    if (early && seen !== early.removal.seen) {
      unit.nothingHappened();
      return { kind: 'asked', removal: early.removal };
    }
    const market = await lockMarket(tx, principal.orgId, id);
    if (!market) throw noMarket();
    const { times, removal } =
      early && market.revision === before.revision ? early : await look(tx, market, { from, to });
    if (seen !== removal.seen) {
      unit.nothingHappened();
      return { kind: 'asked', removal };
    }
    const revision = market.revision + 1;
    const again = await overtakeBots(unit, market, { changed: NONE, added: NONE, removed: times });
    await settleRows(tx, market);
    const left = await cutBars(tx, market, removal);
    await insertCorrection(tx, market, { revision, changed: times, added: NONE });
    const barCount = market.barCount - times.length;
    await updateMarket(tx, market, { ...left, revision, corrected: revision, barCount });
    happened('market.bars-removed', {
      marketId: market.id,
      symbol: market.symbol,
      bars: [market.barCount, barCount],
      from: removal.from,
      to: removal.to,
      again,
    });
    return { kind: 'removed', bars: times.length };
  });
}

const noMarket = () => new AppError('NOT_FOUND', 'There is no such market.');

async function look(tx: Tx, market: MarketRow, span: Pick<BarsToRemove, 'from' | 'to'>) {
  const times = await loadTimes(tx, market, span);
  return { times, removal: await describe(tx, market, times) };
}

async function describe(tx: Tx, market: MarketRow, times: Float64Array): Promise<Removal> {
  const [from, to] = [times[0], times[times.length - 1]];
  if (from === undefined || to === undefined) throw new AppError('INVALID', 'There are no bars between these times.');
  if (times.length === market.barCount)
    throw new AppError('CONFLICT', 'No bar would be left. Remove the market, or leave a part of its bars.');
  const range = await hashRange(tx, market, { from, to });
  return {
    seen: createHash('sha256')
      .update(`${from} ${to} ${times.length} ${range?.hash ?? ''}`)
      .digest('hex'),
    bars: times.length,
    from,
    to,
    ...(await countStanding(tx, market, { from, to })),
  };
}
