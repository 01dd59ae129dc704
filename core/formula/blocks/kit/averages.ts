import type { Cell } from './cells.ts';
import { sumCell } from './sum.ts';
import { weightedSumCell } from './weighted-sum.ts';

export function smaCell(period: number): Cell {
  const sum = sumCell(period);
  return { memory: sum.memory, next: (x) => sum.next(x) / period };
}

/** Exponential average: seeded with the average of the first `period` values, as TA-Lib does. */
export function emaCell(period: number, weight = 2 / (period + 1)): Cell {
  // How many values there were (up to the period), their sum, then the average.
  const memory = new Float64Array(2);
  return {
    memory: [memory],
    next: (x) => {
      if (Number.isNaN(x)) return Number.NaN;
      const count = memory[0] ?? 0;
      const last = memory[1] ?? 0;
      if (count >= period) return (memory[1] = (x - last) * weight + last);
      memory[0] = count + 1;
      memory[1] = last + x;
      return count + 1 < period ? Number.NaN : (memory[1] = (last + x) / period);
    },
  };
}

/** Wilder's average: seeded with the average of the first `period` values, then each value weighs 1/period. */
export function wilderCell(period: number): Cell {
  const memory = new Float64Array(2);
  return {
    memory: [memory],
    next: (x) => {
      if (Number.isNaN(x)) return Number.NaN;
      const count = memory[0] ?? 0;
      const last = memory[1] ?? 0;
      if (count >= period) return (memory[1] = (last * (period - 1) + x) / period);
      memory[0] = count + 1;
      memory[1] = last + x;
      return count + 1 < period ? Number.NaN : (memory[1] = (last + x) / period);
    },
  };
}

/** Linearly weighted average: the newest value weighs `period`, the oldest 1. */
export function wmaCell(period: number): Cell {
  const divider = (period * (period + 1)) / 2;
  const sum = weightedSumCell(period);
  return { memory: sum.memory, next: (x) => sum.next(x) / divider };
}

/** Twice the average less the average of the average. */
export function demaCell(period: number): Cell {
  const [once, twice] = [emaCell(period), emaCell(period)];
  return {
    memory: [...once.memory, ...twice.memory],
    next: (x) => {
      const first = once.next(x);
      return 2 * first - twice.next(first);
    },
  };
}

export function temaCell(period: number): Cell {
  const [once, twice, thrice] = [emaCell(period), emaCell(period), emaCell(period)];
  return {
    memory: [...once.memory, ...twice.memory, ...thrice.memory],
    next: (x) => {
      const first = once.next(x);
      const second = twice.next(first);
      const third = thrice.next(second);
      return third + (3 * first - 3 * second);
    },
  };
}
