import { fromJson } from '#core/formula/json/json.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { findMarket, type MarketRow } from '#server/db/queries/markets.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import type { Unit } from '../act/act.ts';
import { takeVersion } from '../version/take-version.ts';

interface Wanted {
  readonly formulaId: string;
  readonly marketId: string;
  /** UTC milliseconds, both included; null: all there are. */
  readonly from: number | null;
  readonly to: number | null;
  /** What the version is taken for. */
  readonly message: string;
}

/** The draft as a version without errors, unless the newest one says the same, and a market that has bars in the range. Refuses in words. */
export async function takeRunnable(
  unit: Unit,
  { formulaId, marketId, from, to, message }: Wanted,
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
  const version = await takeVersion(unit, { formulaId, message, reuse: true });
  if (version.errors.length > 0)
    throw new AppError('FORMULA_INVALID', `The formula has errors: ${version.errors[0]?.message ?? ''}`, {
      diagnostics: version.errors,
    });
  const formula = fromJson(JSON.parse((await findVersion(tx, orgId, version.id))?.json ?? 'null'));
  if (!formula.ok) throw new Error('a version without errors can be read');
  return { market, versionId: version.id, formula: formula.value };
}
