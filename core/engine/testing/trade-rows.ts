import { parse } from '#core/formula/language/parse.ts';
import type { Bars } from '#core/market/bars.ts';
import { backtest } from '../backtest.ts';
import type { BacktestResult } from '../outcome/backtest-result.ts';
import { DEFAULT_SETTINGS, type Settings } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { barsFrom } from './bars.ts';

export type Row = readonly [open: number, high: number, low: number, close: number];

/** A bar that stands still. */
export const still = (price: number): Row => [price, price, price, price];

/** What code does over bars; it must have no problems. */
export function tradeBars(code: string, bars: Bars, settings: Partial<Settings> = {}): BacktestResult {
  const { formula, diagnostics } = parse(code);
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  const plan = compile(formula);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  const result = backtest(plan.value, bars, { ...DEFAULT_SETTINGS, ...settings });
  if (!result.ok) throw new Error('the run did not end');
  return result.value;
}

export const tradeRows = (code: string, rows: readonly Row[], settings: Partial<Settings> = {}): BacktestResult =>
  tradeBars(code, barsFrom(rows), settings);
