import type { Port } from '../../model/block.ts';
import { demaCell, emaCell, smaCell, temaCell, wmaCell } from './averages.ts';
import { emaColumn } from './columns.ts';
import { kamaCell } from './kama.ts';
import { MAMA_LOOKBACK, mamaCell } from './mama.ts';
import { stage, type Stage } from './stage.ts';
import { sumColumn } from './sum.ts';
import { t3Cell } from './t3.ts';
import { triangular } from './trima.ts';
import { weightedMeanColumn } from './weighted-sum.ts';

export const simple = (period: number): Stage =>
  stage(
    () => smaCell(period),
    (source, out, length) => sumColumn(source, out, length, period, period),
  );

export const exponential = (period: number, weight = 2 / (period + 1)): Stage =>
  stage(
    () => emaCell(period, weight),
    (source, out, length) => emaColumn(source, out, length, period, weight),
  );

export const weighted = (period: number): Stage =>
  stage(
    () => wmaCell(period),
    (source, out, length) => weightedMeanColumn(source, out, length, period),
  );

/** In the order of TA-Lib's numbers for them. */
const TYPES: Readonly<
  Record<string, { readonly average: (period: number) => Stage; readonly lookback: (period: number) => number }>
> = {
  sma: { average: simple, lookback: (period) => period - 1 },
  ema: { average: (period) => exponential(period), lookback: (period) => period - 1 },
  wma: { average: weighted, lookback: (period) => period - 1 },
  dema: { average: (period) => stage(() => demaCell(period)), lookback: (period) => 2 * (period - 1) },
  tema: { average: (period) => stage(() => temaCell(period)), lookback: (period) => 3 * (period - 1) },
  trima: { average: triangular, lookback: (period) => period - 1 },
  kama: { average: (period) => stage(() => kamaCell(period)), lookback: (period) => period },
  // It finds its own period.
  mama: { average: () => stage(mamaCell), lookback: () => MAMA_LOOKBACK },
  t3: { average: (period) => stage(() => t3Cell(period, 0.7)), lookback: (period) => 6 * (period - 1) },
};

export const maTypePort = (name: string): Port => ({
  name,
  type: 'string',
  help: 'Which moving average.',
  default: 'sma',
  options: Object.keys(TYPES),
});

/** No average at all. */
export const SAME = stage(() => ({ memory: [], next: (x) => x }));

/** A moving average of the type that people choose by name; over one bar it is the value itself. */
export const movingAverage = (type: unknown, period: number): Stage =>
  period <= 1 ? SAME : (TYPES[String(type)]?.average(period) ?? SAME);

export const movingAverageLookback = (type: unknown, period: number): number =>
  period <= 1 ? 0 : (TYPES[String(type)]?.lookback(period) ?? 0);
