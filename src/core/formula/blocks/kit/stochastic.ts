import { extremeCell, type Cell } from './cells.ts';
import { finite } from './kernel.ts';
import { zeroOrNa } from './zero.ts';

/** Where a value lies within the range of the last bars, in percent; 0 where there was no range. */
export interface Stochastic {
  readonly memory: readonly Float64Array[];
  next(high: number, low: number, close: number): number;
}

export function stochastic(window: number): Stochastic {
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

/** Writes a value and its average; both begin with the later one. */
export function follow(value: number, average: Cell, out: Float64Array): void {
  const averaged = average.next(value);
  out[0] = Number.isNaN(averaged) ? Number.NaN : finite(value);
  out[1] = finite(averaged);
}
