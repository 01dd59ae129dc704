import { smaCell } from './averages.ts';
import { sumCell, windowCell, type Cell } from './cells.ts';
import { varianceColumn } from './columns.ts';
import { mapped, stage, type Stage } from './stage.ts';
import { isZeroOrBelow } from './zero.ts';

/** Population variance of the last `period` values, by the two running sums that TA-Lib keeps. */
function varianceCell(period: number): Cell {
  const sum = sumCell(period);
  const squares = sumCell(period);
  return {
    memory: [...sum.memory, ...squares.memory],
    next: (x) => {
      const mean = sum.next(x) / period;
      return squares.next(x * x) / period - mean * mean;
    },
  };
}

export const varianceOf = (period: number): Stage => stage(() => varianceCell(period), (source, out, length) => varianceColumn(source, out, length, period));

/** The root of a variance; what rounding has left below zero is 0. */
const rootOf = (square: number): number => (isZeroOrBelow(square) ? 0 : Math.sqrt(square));

/** Their standard deviation. */
export const deviationOf = (period: number): Stage => mapped(varianceOf(period), rootOf);

export function zscoreCell(period: number): Cell {
  const [mean, deviation] = [smaCell(period), deviationOf(period).start()];
  return { memory: [...mean.memory, ...deviation.memory], next: (x) => (x - mean.next(x)) / deviation.next(x) };
}

/** The share of the window that is not above its newest value. */
export const rankCell = (period: number): Cell =>
  windowCell(period, (at, x) => {
    let notAbove = 0;
    for (let age = 0; age < period; age += 1) if (at(age) <= x) notAbove += 1;
    return notAbove / period;
  });
