import { describe, expect, it } from 'vitest';
import type { Bars } from '#core/market/bars.ts';
import { reduceBars } from './reduce-bars.ts';

const column = (...values: number[]) => Float64Array.from(values);
const bars: Bars = {
  symbol: 'X',
  timeframe: '1d',
  length: 5,
  time: column(0, 1, 2, 3, 4),
  open: column(10, 11, 12, 13, 14),
  high: column(15, 19, 16, 17, 18),
  low: column(9, 8, 7, 6, 5),
  close: column(11, 12, 13, 14, 15),
  volume: column(1, 2, 3, 4, 5),
};

describe('reduceBars', () => {
  it('leaves few bars as they are', () => {
    expect(reduceBars(bars, 5)).toMatchObject({ reducedBy: 1, time: [0, 1, 2, 3, 4], close: [11, 12, 13, 14, 15] });
  });

  it('puts neighbours together without losing a high, a low or volume', () => {
    expect(reduceBars(bars, 3)).toEqual({
      reducedBy: 2, time: [0, 2, 4], open: [10, 12, 14], high: [19, 17, 18], low: [8, 6, 5], close: [12, 14, 15], volume: [3, 7, 5],
    });
  });
});
