import { backtest } from '#core/engine/backtest.ts';
import { monteCarlo, type MonteCarloRequest } from '#core/engine/chance/monte-carlo.ts';
import { whyFeedsApart } from '#core/engine/columns/feeds.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { ENGINE_VERSION } from '#core/engine/outcome/version.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { fromJson, toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Bars } from '#core/market/bars.ts';
import { checkBars } from '#core/market/check-bars.ts';
import type { Unfinished } from '#core/result/outcome.ts';
import type { AdvanceTask, BotRunners } from '#server/compute/bot/bot-runners.ts';
import { keepResult } from '#server/db/keep-result.ts';
import { isAppError } from '#server/errors.ts';
import { MOST_RESULT_BYTES } from '#server/policies/limits.ts';
import type { BacktestTask, OutcomeOf } from './protocol.ts';

export interface TaskWatch {
  onProgress(fraction: number): void;
  shouldStop(): boolean;
}

/**
 * Runs a backtest, from the version's text to its result. What is wrong with formula or data is an outcome, in words.
 */
export function runTask(task: BacktestTask, watch: TaskWatch): OutcomeOf<'backtest'> {
  const formula = fromJson(JSON.parse(task.formula));
  if (!formula.ok) return refuse(formula.error.map(({ message }) => message));
  const plan = compile(formula.value, task.inputs);
  if (!plan.ok) return refuse(plan.error.map(({ message }) => message));
  const wrong = [task.bars, ...task.feeds.values()].flatMap(wrongBars);
  if (wrong.length > 0) return refuse(wrong);
  const apart = whyFeedsApart(plan.value, task.bars, task.feeds);
  if (apart !== null) return refuse([apart]);
  const result = backtest(plan.value, task.bars, task.settings, {
    feeds: task.feeds,
    onProgress: (done, total) => watch.onProgress(total === 0 ? 1 : done / total),
    shouldStop: () => watch.shouldStop(),
  });
  if (!result.ok) return result.error;
  const kept = keepResult(result.value, MOST_RESULT_BYTES);
  return kept.ok ? { type: 'finished', result: kept.value, engineVersion: ENGINE_VERSION } : refuse([kept.error]);
}

/** Why bars can't be traded, in words. */
export const wrongBars = (bars: Bars): string[] =>
  checkBars(bars).flatMap(({ severity, message }) =>
    severity === 'error' ? [`The prices of ${bars.symbol} can't be used: ${message}`] : [],
  );

const MOST_REASONS = 3;

export function refuse(reasons: readonly string[]): Unfinished {
  const more = reasons.length > MOST_REASONS ? ` (and ${reasons.length - MOST_REASONS} more problems)` : '';
  return { type: 'refused', reason: reasons.slice(0, MOST_REASONS).join(' ') + more };
}

/** Loads and compiles the engine before somebody waits for it. */
export function warmUp(): void {
  const { formula } = parse('a = sma(close, 3)\nbuy(when: close > a)\nsell(when: close < a)');
  const length = 2000;
  const time = Float64Array.from({ length }, (_, bar) => bar * 86_400_000);
  const price = Float64Array.from({ length }, (_, bar) => 100 + (bar % 7));
  const bars = {
    symbol: 'WARM',
    timeframe: '1d',
    length,
    time,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: price,
  } as const;
  runTask(
    { formula: toJson(formula), inputs: {}, bars, feeds: new Map(), settings: DEFAULT_SETTINGS },
    { onProgress: () => undefined, shouldStop: () => false },
  );
}

/** A formula that can't be run is an outcome, in words. */
export function runAdvance(
  runners: BotRunners,
  task: AdvanceTask,
  shouldStop: () => boolean = () => false,
): OutcomeOf<'advance'> {
  try {
    return runners.advance(task, shouldStop);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return refuse([error.message]);
  }
}

export function runMonteCarlo(
  request: MonteCarloRequest,
  { onProgress, shouldStop }: TaskWatch,
): OutcomeOf<'monteCarlo'> {
  const drawn = monteCarlo(request, {
    onProgress: (done, total) => onProgress(total === 0 ? 1 : done / total),
    shouldStop,
  });
  return drawn.ok ? { type: 'finished', drawn: drawn.value } : drawn.error;
}
