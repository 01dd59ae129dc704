import type { Kernel } from '../../model/block.ts';
import type { Cell } from './cells.ts';
import { barKernel, int } from './kernel.ts';
import { trueRange } from './true-range.ts';
import { isZero } from './zero.ts';

/** How far a bar went beyond the last one, on the side on which it went further; 0 on the other. */
export interface Movement {
  readonly memory: readonly Float64Array[];
  /** Takes a bar. False where it has none before it to compare with. */
  next(high: number, low: number): boolean;
  plus(): number;
  minus(): number;
}

function movement(): Movement {
  // The last high and low, then the movement.
  const memory = new Float64Array([Number.NaN, Number.NaN, 0, 0]);
  return {
    memory: [memory],
    next: (high, low) => {
      const up = high - (memory[0] ?? Number.NaN);
      const down = (memory[1] ?? Number.NaN) - low;
      memory[0] = high;
      memory[1] = low;
      memory[2] = up > 0 && up > down ? up : 0;
      memory[3] = down > 0 && up < down ? down : 0;
      return !Number.isNaN(up) && !Number.isNaN(down);
    },
    plus: () => memory[2] ?? 0,
    minus: () => memory[3] ?? 0,
  };
}

/**
 * Wilder's sum as TA-Lib keeps it: the first period - 1 values are added up, and from then on its share of the sum
 * leaves with each value.
 */
function wilderSumCell(period: number): Cell {
  // How many values, their sum.
  const memory = new Float64Array(2);
  return {
    memory: [memory],
    next: (x) => {
      const count = (memory[0] ?? 0) + 1;
      const sum = memory[1] ?? 0;
      memory[0] = Math.min(count, period);
      memory[1] = count < period ? sum + x : sum - sum / period + x;
      return count < period - 1 ? Number.NaN : memory[1];
    },
  };
}

/** Wilder's directional movement over `period` bars, against the true range. */
export interface Directional {
  readonly memory: readonly Float64Array[];
  /** Takes a bar. False while there is no value yet. */
  next(high: number, low: number, close: number): boolean;
  plus(): number;
  minus(): number;
  /** How much the one outweighs the other, from 0 to 100; `na` where nothing moved. */
  index(): number;
}

export function directional(period: number): Directional {
  const range = trueRange();
  const move = movement();
  const [plus, minus, span] = [wilderSumCell(period), wilderSumCell(period), wilderSumCell(period)];
  // How many bars, then the two shares.
  const memory = new Float64Array(3);
  // Over a single bar TA-Lib gives the share itself, not in percent.
  const percent = period === 1 ? 1 : 100;
  return {
    memory: [...range.memory, ...move.memory, ...plus.memory, ...minus.memory, ...span.memory, memory],
    next: (high, low, close) => {
      const ofBar = range.next(high, low, close);
      if (!move.next(high, low) || Number.isNaN(ofBar)) return false;
      const total = span.next(ofBar);
      const share = (sum: number): number => (isZero(total) ? 0 : percent * (sum / total));
      memory[1] = share(plus.next(move.plus()));
      memory[2] = share(minus.next(move.minus()));
      memory[0] = Math.min((memory[0] ?? 0) + 1, period);
      return memory[0] === period;
    },
    plus: () => memory[1] ?? 0,
    minus: () => memory[2] ?? 0,
    index: () => {
      const both = (memory[1] ?? 0) + (memory[2] ?? 0);
      return isZero(both) ? Number.NaN : 100 * (Math.abs((memory[2] ?? 0) - (memory[1] ?? 0)) / both);
    },
  };
}

/**
 * Wilder's average of the directional index. A bar on which nothing moved counts for 0 while it begins and for nothing
 * later.
 */
export interface DirectionalIndex {
  readonly memory: readonly Float64Array[];
  next(high: number, low: number, close: number): number;
}

export function averageDirectionalIndex(period: number): DirectionalIndex {
  const movements = directional(period);
  // How many bars, the sum of their indices, then the average.
  const memory = new Float64Array(2);
  return {
    memory: [...movements.memory, memory],
    next: (high, low, close) => {
      if (!movements.next(high, low, close)) return Number.NaN;
      const index = movements.index();
      const count = memory[0] ?? 0;
      const last = memory[1] ?? 0;
      if (count >= period) return Number.isNaN(index) ? last : (memory[1] = (last * (period - 1) + index) / period);
      memory[0] = count + 1;
      memory[1] = Number.isNaN(index) ? last : last + index;
      return count + 1 < period ? Number.NaN : (memory[1] /= period);
    },
  };
}

/** Wilder's sum of the movement on one side. */
export const movementKernel = (side: 'plus' | 'minus'): Kernel =>
  barKernel((params) => {
    const move = movement();
    const sum = wilderSumCell(int(params, 'timePeriod'));
    return {
      memory: [...move.memory, ...sum.memory],
      next: (high, low) => (move.next(high, low) ? sum.next(move[side]()) : Number.NaN),
    };
  });

/** The directional movement on one side. */
export const directionalKernel = (side: 'plus' | 'minus'): Kernel =>
  barKernel((params) => {
    const movements = directional(int(params, 'timePeriod'));
    return {
      memory: movements.memory,
      next: (high, low, close) => (movements.next(high, low, close) ? movements[side]() : Number.NaN),
    };
  });
