import { ringCell, type Cell } from './cells.ts';

/** The line of best fit through a window: its value at the oldest bar, and what it gains with each bar. */
type Pick = (intercept: number, slope: number) => number;

/**
 * A figure of the line of best fit through the last `period` values. As in TA-Lib, the window is summed anew at each bar, x counted from the
 * newest: on a level window what is left of the slope is rounding, and only the same additions in the same order leave the same. (Beyond 1,024 bars
 * TA-Lib's sum of squares is more than a C int holds, and its line is wrong; this one is not.)
 */
export function lineCell(period: number, pick: Pick): Cell {
  const sumX = (period * (period - 1)) / 2;
  const sumXX = (period * (period - 1) * (2 * period - 1)) / 6;
  const divisor = sumX * sumX - period * sumXX;
  return ringCell(period, (ring) => {
    const oldest = ring[period] ?? 0;
    let sumXY = 0;
    let sumY = 0;
    for (let age = period - 1, slot = oldest; age >= 0; age -= 1) {
      const y = ring[slot] ?? 0;
      sumY += y;
      sumXY += age * y;
      slot = slot + 1 === period ? 0 : slot + 1;
    }
    const slope = (period * sumXY - sumX * sumY) / divisor;
    return pick((sumY - slope * sumX) / period, slope);
  });
}
