import type { Kernel, Params } from '../../model/block.ts';
import { extremeCell } from './cells.ts';
import { extremeColumn } from './columns.ts';
import { finiteColumn } from './finite.ts';
import { finite } from './finite.ts';
import { kernelOf, type Machine } from './kernel.ts';
import type { Stage } from './stage.ts';
import { zeroOrNa } from './zero.ts';

/** Where a value lies within the range of the last bars, in percent; 0 where there was no range. */
interface Position {
  readonly memory: readonly Float64Array[];
  next(high: number, low: number, close: number): number;
}

function positionWithin(window: number): Position {
  const [highest, lowest] = [extremeCell(window, 1), extremeCell(window, -1)];
  return {
    memory: [...highest.memory, ...lowest.memory],
    next: (high, low, close) => {
      const bottom = lowest.next(low);
      const range = (highest.next(high) - bottom) / 100;
      return range === 0 ? zeroOrNa(close) : (close - bottom) / range;
    },
  };
}

type Prices = Readonly<Record<'high' | 'low' | 'close', Float64Array>>;

/** The same over whole columns. */
function positionColumn({ high, low, close }: Prices, out: Float64Array, length: number, window: number): void {
  const bottoms = new Float64Array(length);
  extremeColumn(high, out, length, window, 1);
  extremeColumn(low, bottoms, length, window, -1);
  for (let bar = 0; bar < length; bar += 1) {
    const [bottom, price] = [bottoms[bar] ?? Number.NaN, close[bar] ?? Number.NaN];
    const range = ((out[bar] ?? Number.NaN) - bottom) / 100;
    out[bar] = range === 0 ? zeroOrNa(price) : (price - bottom) / range;
  }
}

export interface Smoothing {
  readonly window: number;
  /** What is given as k, of the position within the window. */
  readonly k: Stage;
  /** The average of k. */
  readonly d: Stage;
}

/**
 * The position of the close within the range of high and low, and its average, bar by bar; both begin with the later
 * one.
 */
export function stochasticMachine({ window, ...stages }: Smoothing): Machine {
  const position = positionWithin(window);
  const [k, d] = [stages.k.start(), stages.d.start()];
  return {
    memory: [...position.memory, ...k.memory, ...d.memory],
    step: (values, out) => {
      const value = k.next(position.next(values[0] ?? Number.NaN, values[1] ?? Number.NaN, values[2] ?? Number.NaN));
      const average = d.next(value);
      out[0] = Number.isNaN(average) ? average : finite(value);
      out[1] = finite(average);
    },
  };
}

/** The same over whole columns. */
export function stochasticColumns(
  { window, ...stages }: Smoothing,
  [high, low, close]: readonly Float64Array[],
  [k, d]: readonly Float64Array[],
  length: number,
): void {
  if (!high || !low || !close || !k || !d) return;
  positionColumn({ high, low, close }, d, length, window);
  const isFiniteK = stages.k.column(d, k, length);
  const isFiniteD = stages.d.column(k, d, length);
  for (let bar = 0; bar < length; bar += 1) if (Number.isNaN(d[bar] ?? Number.NaN)) k[bar] = Number.NaN;
  if (!isFiniteK) finiteColumn(k, length);
  if (!isFiniteD) finiteColumn(d, length);
}

export const stochasticKernel = (smoothing: (params: Params) => Smoothing): Kernel =>
  kernelOf(
    (params) => stochasticMachine(smoothing(params)),
    (params, columns, out, length) => stochasticColumns(smoothing(params), columns, out, length),
  );
