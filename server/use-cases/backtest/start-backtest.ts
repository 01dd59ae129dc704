import type { Settings } from '#core/engine/settings.ts';
import { withInputs } from '#core/engine/compile.ts';
import { checkInputs } from '#core/engine/inputs.ts';
import { check } from '#core/formula/check.ts';
import type { Formula } from '#core/formula/formula.ts';
import { fromJson } from '#core/formula/json.ts';
import { mostBars } from '#core/market/most-bars.ts';
import { withOrg } from '#server/db/database.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';
import { takeVersion } from '../version/take-version.ts';
import { queueBacktest } from './queue-backtest.ts';

export interface BacktestWanted {
  readonly formulaId: string;
  readonly marketId: string;
  /** UTC milliseconds, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly settings: Settings;
  readonly inputs?: Readonly<Record<string, number | boolean | string>> | undefined;
}

/** Snapshots the draft unless the newest version says the same, and queues its run, in one transaction. */
export function startBacktest(caller: Caller, wanted: BacktestWanted): Promise<{ backtestId: string; versionId: string; warnings: readonly string[] }> {
  const { db, actor } = caller;
  const { formulaId, marketId, settings, inputs = {}, from = null, to = null } = wanted;
  requirePermission(actor, 'backtest.run');
  if (from !== null && to !== null && from > to) throw new AppError('INVALID', 'The range ends before it begins.');
  return withOrg(db, actor.orgId, async (tx) => {
    const market = await findMarket(tx, actor.orgId, marketId);
    if (!market) throw new AppError('NOT_FOUND', 'There is no such market.');
    if ((from ?? 0) > market.lastTime || (to ?? market.lastTime) < market.firstTime) throw new AppError('INVALID', `${market.symbol} has no bars in this range.`);
    const version = await takeVersion(tx, caller, { formulaId, message: 'Taken for a backtest', reuse: true });
    if (version.errors.length > 0) throw new AppError('FORMULA_INVALID', `The formula has errors: ${version.errors[0]?.message ?? ''}`, { diagnostics: version.errors });
    const formula = fromJson(JSON.parse((await findVersion(tx, actor.orgId, version.id))?.json ?? 'null'));
    const wrong = formula.ok ? checkInputs(formula.value, inputs) : [];
    if (wrong[0]) throw new AppError('INVALID', wrong[0].message);
    const backtestId = await queueBacktest(tx, caller, { formulaId, versionId: version.id, marketId, settings, inputs, from, to });
    return { backtestId, versionId: version.id, warnings: formula.ok ? tooFewBars(withInputs(formula.value, inputs), mostBars(market, from, to)) : [] };
  });
}

/** What the formula looks back over that these bars do not reach. */
const tooFewBars = (formula: Formula, bars: number): string[] => check(formula, { bars }).diagnostics.flatMap(({ code, message }) => (code === 'warm-up' ? [message] : []));
