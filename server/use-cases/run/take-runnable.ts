import type { EstimateRequest } from '#core/engine/sweep/estimate.ts';
import type { Inputs } from '#core/engine/sweep/space.ts';
import { mostBars } from '#core/market/most-bars.ts';
import type { FormulaId, MarketId, VersionId } from '#core/requests/ids.ts';
import type { Runnable } from '#server/compute/formula/formula-tasks.ts';
import { findMarket, type MarketRow } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import type { Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { readLive } from '../document/draft.ts';
import { takeSnapshot } from '../version/take-snapshot.ts';

interface Wanted {
  readonly formulaId: FormulaId;
  readonly marketId: MarketId;
  /** UTC milliseconds, both included; null: all there are. */
  readonly from: number | null;
  readonly to: number | null;
  /** Each must fit the formula. */
  readonly inputs: readonly Inputs[];
  readonly costs: Omit<EstimateRequest, 'formula' | 'bars'>;
  readonly warn: boolean;
}

interface Prepared extends Runnable {
  readonly formulaId: FormulaId;
  readonly market: MarketRow;
  readonly bars: number;
}

/**
 * The draft as it is now, without errors and with inputs that fit, and a market that has bars in the range. Refuses in
 * words. Before the act that queues the run: while the formula is read, nothing is locked and no connection is held.
 */
export async function prepareRunnable(
  caller: Reader,
  { formulaId, marketId, from, to, inputs, costs, warn }: Wanted,
): Promise<Prepared> {
  const { orgId } = caller.principal;
  if (from !== null && to !== null && from > to) throw new AppError('INVALID', 'The range ends before it begins.');
  const market = await read(caller, 'backtest.run', (tx) => findMarket(tx, orgId, marketId));
  if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
  if ((from ?? 0) > market.lastTime || (to ?? market.lastTime) < market.firstTime)
    throw new AppError('INVALID', `${market.symbol} has no bars in this range.`);
  const stored = await readLive(caller, 'backtest.run', formulaId);
  if (!stored) throw new AppError('NOT_FOUND', 'There is no such strategy.');
  const bars = mostBars(market, from, to);
  const runnable = await caller.formulas(orgId, 'runnable', {
    updates: stored.updates,
    inputs,
    costs: { ...costs, bars },
    warn,
  });
  const { errors } = runnable.draft;
  if (errors.length > 0)
    throw new AppError('FORMULA_INVALID', `The strategy has errors: ${errors[0]?.message ?? ''}`, {
      diagnostics: errors,
    });
  if (runnable.wrong !== null) throw new AppError('INVALID', runnable.wrong);
  return { ...runnable, formulaId, market, bars };
}

/** The prepared draft as a snapshot. The market is as it was, or gone by now. */
export async function takeRunnable(
  unit: Unit,
  { formulaId, market, draft }: Pick<Prepared, 'formulaId' | 'market' | 'draft'>,
): Promise<{ market: MarketRow; versionId: VersionId }> {
  const now = await findMarket(unit.tx, unit.principal.orgId, market.id);
  if (!now) throw new AppError('NOT_FOUND', 'There is no such market.');
  const { id: versionId } = await takeSnapshot(unit, formulaId, draft);
  return { market: now, versionId };
}
