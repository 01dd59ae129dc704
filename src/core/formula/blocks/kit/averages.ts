import { sumCell, type Cell } from './cells.ts';

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
  // A ring, then: where the next goes, how many, the plain sum, the weighted sum.
  const memory = new Float64Array(period + 4);
  const [at, count, plain, weighted] = [period, period + 1, period + 2, period + 3];
  return {
    memory: [memory],
    next: (x) => {
      if (Number.isNaN(x)) {
        memory.fill(0);
        return Number.NaN;
      }
      const slot = memory[at] ?? 0;
      const filled = memory[count] ?? 0;
      const oldest = filled === period ? (memory[slot] ?? 0) : 0;
      memory[slot] = x;
      memory[at] = slot + 1 === period ? 0 : slot + 1;
      memory[weighted] = filled === period ? (memory[weighted] ?? 0) - (memory[plain] ?? 0) + x * period : (memory[weighted] ?? 0) + x * (filled + 1);
      memory[plain] = (memory[plain] ?? 0) + x - oldest;
      memory[count] = Math.min(filled + 1, period);
      return filled + 1 < period ? Number.NaN : (memory[weighted] ?? 0) / divider;
    },
  };
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
