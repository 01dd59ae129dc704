import type { Port } from '../../block.ts';
import { demaCell, emaCell, smaCell, temaCell, wmaCell } from './averages.ts';
import type { Cell } from './cells.ts';
import { kamaCell } from './kama.ts';
import { MAMA_LOOKBACK, mamaCell } from './mama.ts';
import { t3Cell } from './t3.ts';
import { trimaCell } from './trima.ts';

/** In the order of TA-Lib's numbers for them. */
const TYPES: Readonly<Record<string, { readonly start: (period: number) => Cell; readonly lookback: (period: number) => number }>> = {
  sma: { start: smaCell, lookback: (period) => period - 1 },
  ema: { start: (period) => emaCell(period), lookback: (period) => period - 1 },
  wma: { start: wmaCell, lookback: (period) => period - 1 },
  dema: { start: demaCell, lookback: (period) => 2 * (period - 1) },
  tema: { start: temaCell, lookback: (period) => 3 * (period - 1) },
  trima: { start: trimaCell, lookback: (period) => period - 1 },
  kama: { start: kamaCell, lookback: (period) => period },
  // It finds its own period.
  mama: { start: mamaCell, lookback: () => MAMA_LOOKBACK },
  t3: { start: (period) => t3Cell(period, 0.7), lookback: (period) => 6 * (period - 1) },
};

export const maTypePort = (name: string): Port => ({ name, type: 'string', help: 'Which moving average.', default: 'sma', options: Object.keys(TYPES) });

/** A moving average of the type that people choose by name; over one bar it is the value itself. */
export function movingAverage(type: unknown, period: number): Cell {
  const known = TYPES[String(type)];
  return period <= 1 || !known ? { memory: [], next: (x) => x } : known.start(period);
}

export const movingAverageLookback = (type: unknown, period: number): number => (period <= 1 ? 0 : (TYPES[String(type)]?.lookback(period) ?? 0));
