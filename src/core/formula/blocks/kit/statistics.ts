import { smaCell, wilderCell } from './averages.ts';
import { delayCell, sumCell, windowCell, type Cell } from './cells.ts';
import { countNotAbove, sortedWindowCell } from './sorted-window.ts';

const ZERO = 1e-14;

/** Population variance of the last `period` values, by the two running sums that TA-Lib keeps. */
export function varianceCell(period: number): Cell {
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

/** The root of a variance; what rounding has left below zero is 0. */
export const rootOf = (variance: number): number => (Number.isNaN(variance) ? Number.NaN : variance < ZERO ? 0 : Math.sqrt(variance));

export function stddevCell(period: number): Cell {
  const variance = varianceCell(period);
  return { memory: variance.memory, next: (x) => rootOf(variance.next(x)) };
}

/** na where nothing varies. */
export function zscoreCell(period: number): Cell {
  const [mean, deviation] = [smaCell(period), stddevCell(period)];
  // The last value, and for how many bars it has stood still: what rounding leaves of the deviation then is no deviation.
  const still = new Float64Array([Number.NaN, 0]);
  return {
    memory: [...mean.memory, ...deviation.memory, still],
    next: (x) => {
      still[1] = x === still[0] ? (still[1] ?? 0) + 1 : 1;
      still[0] = x;
      const distance = x - mean.next(x);
      const unit = deviation.next(x);
      return still[1] >= period ? Number.NaN : distance / unit;
    },
  };
}

/** The share of the window that is not above its newest value. */
export const rankCell = (period: number): Cell => sortedWindowCell(period, (sorted, x) => countNotAbove(sorted, period, x) / period);

/** The value below which a share of the window lies, interpolated between its neighbours in the order. */
export function percentileCell(period: number, share: number): Cell {
  const place = share * (period - 1);
  const below = Math.floor(place);
  const above = Math.ceil(place);
  return sortedWindowCell(period, (sorted) => {
    const low = sorted[below] ?? Number.NaN;
    return low + ((sorted[above] ?? Number.NaN) - low) * (place - below);
  });
}

/** Least squares over the window, x counted from its oldest bar; the line's value at the newest. */
export function linearregCell(period: number): Cell {
  const sumX = (period * (period - 1)) / 2;
  const sumXX = (period * (period - 1) * (2 * period - 1)) / 6;
  const divisor = sumX * sumX - period * sumXX;
  return windowCell(period, (at) => {
    let sumXY = 0;
    let sumY = 0;
    // As in TA-Lib, x runs against time: 0 at the newest bar.
    for (let age = period - 1; age >= 0; age -= 1) {
      const y = at(age);
      sumY += y;
      sumXY += age * y;
    }
    const slope = (period * sumXY - sumX * sumY) / divisor;
    const start = (sumY - slope * sumX) / period;
    return start + slope * (period - 1);
  });
}

/** Wilder's relative strength, from 0 to 100. A gap in the values is passed over. */
export function rsiCell(period: number): Cell {
  const last = new Float64Array([Number.NaN]);
  const [gains, losses] = [wilderCell(period), wilderCell(period)];
  return {
    memory: [last, ...gains.memory, ...losses.memory],
    next: (x) => {
      if (Number.isNaN(x)) return Number.NaN;
      const change = x - (last[0] ?? Number.NaN);
      last[0] = x;
      const gain = gains.next(change > 0 ? change : Number.isNaN(change) ? change : 0);
      const loss = losses.next(change < 0 ? -change : Number.isNaN(change) ? change : 0);
      const both = gain + loss;
      return Math.abs(both) < ZERO ? 0 : 100 * (gain / both);
    },
  };
}

export function momCell(bars: number): Cell {
  const before = delayCell(bars);
  return { memory: before.memory, next: (x) => x - before.next(x) };
}

/** In percent; 0 where the earlier value was 0, as in TA-Lib. */
export function rocCell(bars: number): Cell {
  const before = delayCell(bars);
  return {
    memory: before.memory,
    next: (x) => {
      const old = before.next(x);
      return old === 0 ? 0 * x : (x / old - 1) * 100;
    },
  };
}
