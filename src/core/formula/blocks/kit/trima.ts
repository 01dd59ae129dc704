import { wrap, type Cell } from './cells.ts';

/**
 * Triangular average: the weights rise to the middle of the window and fall again. As in TA-Lib, the weighted sum is kept and changed by
 * the sums of the older half, whose weights fall as the window moves on, and of the newer half, whose weights rise.
 */
export function trimaCell(period: number): Cell {
  const half = Math.floor(period / 2);
  const isOdd = period % 2 === 1;
  const older = isOdd ? half + 1 : half;
  const factor = 1 / (older * (half + 1));
  // A ring, then: where the next goes, how many, the weighted sum, the sums of the older and the newer half.
  const memory = new Float64Array(period + 5);
  const [at, count, weighted, falling, rising] = [period, period + 1, period + 2, period + 3, period + 4];
  const fill = (): void => {
    const oldest = memory[at] ?? 0;
    const value = (index: number): number => memory[wrap(oldest + index, period)] ?? 0;
    let sum = 0;
    let total = 0;
    for (let index = older - 1; index >= 0; index -= 1) {
      sum += value(index);
      total += sum;
    }
    memory[falling] = sum;
    sum = 0;
    for (let index = older; index < period; index += 1) {
      sum += value(index);
      total += sum;
    }
    memory[rising] = sum;
    memory[weighted] = total;
  };
  const move = (x: number, slot: number): void => {
    const middle = memory[wrap(slot + older, period)] ?? 0;
    const sub = memory[falling] ?? 0;
    const add = memory[rising] ?? 0;
    const total = (memory[weighted] ?? 0) - sub + (isOdd ? add : add - middle);
    memory[falling] = sub - (memory[slot] ?? 0) + middle;
    memory[rising] = add - middle + x;
    memory[weighted] = total + x;
  };
  return {
    memory: [memory],
    next: (x) => {
      if (Number.isNaN(x)) {
        memory.fill(0);
        return Number.NaN;
      }
      const slot = memory[at] ?? 0;
      const filled = memory[count] ?? 0;
      if (filled === period) move(x, slot);
      memory[slot] = x;
      memory[at] = slot + 1 === period ? 0 : slot + 1;
      if (filled === period) return (memory[weighted] ?? 0) * factor;
      memory[count] = filled + 1;
      if (filled + 1 < period) return Number.NaN;
      fill();
      return (memory[weighted] ?? 0) * factor;
    },
  };
}
