import type { Cell } from './cells.ts';
import { sumCell } from './sum.ts';
import { isZero } from './zero.ts';

const SLOWEST = 2 / (30 + 1);
const SPAN = 2 / (2 + 1) - SLOWEST;

/**
 * Perry Kaufman's adaptive average: between an EMA of 2 and one of 30, by how straight the way of the last `period`
 * changes was. It begins at the value before the first that it takes.
 */
export function kamaCell(period: number): Cell {
  const way = sumCell(period);
  // The last values in a ring, then: where the next goes, how many, the last value, the average.
  const memory = new Float64Array(period + 4);
  const [at, count, last, average] = [period, period + 1, period + 2, period + 3];
  return {
    memory: [...way.memory, memory],
    next: (x) => {
      if (Number.isNaN(x)) return Number.NaN;
      const slot = memory[at] ?? 0;
      const filled = memory[count] ?? 0;
      const before = memory[last] ?? 0;
      const oldest = memory[slot] ?? 0;
      memory[slot] = x;
      memory[at] = slot + 1 === period ? 0 : slot + 1;
      memory[count] = Math.min(filled + 1, period + 1);
      memory[last] = x;
      const gone = filled > 0 ? way.next(Math.abs(x - before)) : Number.NaN;
      if (filled < period) return Number.NaN;
      const change = x - oldest;
      const straightness = gone <= change || isZero(gone) ? 1 : Math.abs(change / gone);
      const weight = straightness * SPAN + SLOWEST;
      const from = filled > period ? (memory[average] ?? 0) : before;
      return (memory[average] = (x - from) * (weight * weight) + from);
    },
  };
}
