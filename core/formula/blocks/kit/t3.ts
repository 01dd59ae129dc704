import type { Cell } from './cells.ts';

/** An EMA by the formula that TA-Lib has in T3: the parts are weighed before they are added. */
function blendCell(period: number): Cell {
  const weight = 2 / (period + 1);
  const rest = 1 - weight;
  // How many values there were (up to the period), their sum, then the average.
  const memory = new Float64Array(2);
  return {
    memory: [memory],
    next: (x) => {
      if (Number.isNaN(x)) return Number.NaN;
      const count = memory[0] ?? 0;
      const last = memory[1] ?? 0;
      if (count >= period) return (memory[1] = weight * x + rest * last);
      memory[0] = count + 1;
      memory[1] = last + x;
      return count + 1 < period ? Number.NaN : (memory[1] = (last + x) / period);
    },
  };
}

/**
 * Tim Tillson's T3: six averages of one another, combined so that they overshoot by `volume` (0 is an EMA of EMAs, 1 a
 * DEMA of DEMAs).
 */
export function t3Cell(period: number, volume: number): Cell {
  const stages = Array.from({ length: 6 }, () => blendCell(period));
  const square = volume * volume;
  const c1 = -(square * volume);
  const c2 = 3 * (square - c1);
  const c3 = -6 * square - 3 * (volume - c1);
  const c4 = 1 + 3 * volume - c1 + 3 * square;
  const averages = new Float64Array(6);
  return {
    memory: stages.flatMap((stage) => stage.memory),
    next: (x) => {
      let value = x;
      for (let stage = 0; stage < 6; stage += 1) averages[stage] = value = stages[stage]?.next(value) ?? Number.NaN;
      return c1 * (averages[5] ?? 0) + c2 * (averages[4] ?? 0) + c3 * (averages[3] ?? 0) + c4 * (averages[2] ?? 0);
    },
  };
}
