import { fromJson } from '#core/formula/json/json.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { findMarket, type MarketRow } from '#server/db/queries/markets.ts';
import { AppError } from '#server/errors.ts';
import type { Unit } from '../act/act.ts';
import { takeSnapshot } from '../version/take-snapshot.ts';

interface Wanted {
  readonly formulaId: string;
  readonly marketId: string;
  /** UTC milliseconds, both included; null: all there are. */
  readonly from: number | null;
  readonly to: number | null;
}

/** The draft as a snapshot without errors, and a market that has bars in the range. Refuses in words. */
export async function takeRunnable(
  unit: Unit,
  { formulaId, marketId, from, to }: Wanted,
): Promise<{ market: MarketRow; versionId: string; formula: Formula }> {
  const {
    tx,
    principal: { orgId },
  } = unit;
  if (from !== null && to !== null && from > to) throw new AppError('INVALID', 'The range ends before it begins.');
  const market = await findMarket(tx, orgId, marketId);
  if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
  if ((from ?? 0) > market.lastTime || (to ?? market.lastTime) < market.firstTime)
    throw new AppError('INVALID', `${market.symbol} has no bars in this range.`);
  const snapshot = await takeSnapshot(unit, formulaId);
  if (snapshot.errors.length > 0)
    throw new AppError('FORMULA_INVALID', `The formula has errors: ${snapshot.errors[0]?.message ?? ''}`, {
      diagnostics: snapshot.errors,
    });
  const formula = fromJson(JSON.parse(snapshot.json));
  if (!formula.ok) throw new Error('a formula without errors can be read');
  return { market, versionId: snapshot.id, formula: formula.value };
}
