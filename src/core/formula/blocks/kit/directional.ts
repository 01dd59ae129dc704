import { trueRange } from './true-range.ts';

/** Wilder's directional movement, smoothed over `period` bars as TA-Lib does it. */
export interface Directional {
  readonly memory: readonly Float64Array[];
  /** Takes a bar. False while there is no value yet. */
  next(high: number, low: number, close: number): boolean;
  plus(): number;
  minus(): number;
}

export function directional(period: number): Directional {
  const range = trueRange();
  // The last high and low, the bars counted, the smoothed +DM, -DM and true range.
  const memory = new Float64Array([Number.NaN, Number.NaN, 0, 0, 0, 0]);
  const share = (movement: number): number => {
    const total = memory[5] ?? 0;
    return Math.abs(total) < 1e-14 ? 0 : 100 * (movement / total);
  };
  return {
    memory: [...range.memory, memory],
    next: (high, low, close) => {
      const span = range.next(high, low, close);
      const up = high - (memory[0] ?? Number.NaN);
      const down = (memory[1] ?? Number.NaN) - low;
      memory[0] = high;
      memory[1] = low;
      if (Number.isNaN(span) || Number.isNaN(up) || Number.isNaN(down)) return false;
      const count = (memory[2] ?? 0) + 1;
      memory[2] = Math.min(count, period);
      const plus = up > 0 && up > down ? up : 0;
      const minus = down > 0 && up < down ? down : 0;
      // The first period - 1 bars are summed; from then on a part of the sum leaves with each bar.
      const keep = count < period ? 1 : 1 - 1 / period;
      const smooth = (index: number, value: number): void => {
        const sum = memory[index] ?? 0;
        memory[index] = keep === 1 ? sum + value : sum - sum / period + value;
      };
      smooth(3, plus);
      smooth(4, minus);
      smooth(5, span);
      return count >= period;
    },
    plus: () => share(memory[3] ?? 0),
    minus: () => share(memory[4] ?? 0),
  };
}
