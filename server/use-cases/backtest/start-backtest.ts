import type { Settings } from '#core/engine/outcome/settings.ts';
import { checkInputs } from '#core/engine/plan/inputs.ts';
import { check, type CheckOptions } from '#core/formula/check/check.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { mostBars } from '#core/market/most-bars.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';
import { takeRunnable } from '../run/take-runnable.ts';
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

/** Takes a snapshot of the draft, and queues its run, in one transaction. */
export function startBacktest(
  caller: Caller,
  wanted: BacktestWanted,
): Promise<{ backtestId: string; versionId: string; warnings: readonly string[] }> {
  const { formulaId, marketId, settings, inputs = {}, from = null, to = null } = wanted;
  return act(caller, 'backtest.run', async (unit) => {
    const { market, versionId, formula } = await takeRunnable(unit, {
      formulaId,
      marketId,
      from,
      to,
    });
    const [wrong] = checkInputs(formula, inputs);
    if (wrong) throw new AppError('INVALID', wrong.message);
    const backtestId = await queueBacktest(unit, { formulaId, versionId, marketId, settings, inputs, from, to });
    return { backtestId, versionId, warnings: tooFewBars(formula, { inputs, bars: mostBars(market, from, to) }) };
  });
}

/** What the formula looks back over that these bars do not reach. */
const tooFewBars = (formula: Formula, options: CheckOptions): string[] =>
  check(formula, options).diagnostics.flatMap(({ code, message }) => (code === 'warm-up' ? [message] : []));
