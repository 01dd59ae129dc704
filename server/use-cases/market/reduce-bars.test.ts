import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bars } from '#core/market/bars.ts';
import { reduceAll, reduceBars } from './reduce-bars.ts';

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
    expect(reduceAll(bars, 5)).toMatchObject({ reducedBy: 1, time: [0, 1, 2, 3, 4], close: [11, 12, 13, 14, 15] });
  });

  it('puts neighbours together without losing a high, a low or volume', () => {
    expect(reduceAll(bars, 3)).toEqual({
      reducedBy: 2,
      time: [0, 2, 4],
      open: [10, 12, 14],
      high: [19, 17, 18],
      low: [8, 6, 5],
      close: [12, 14, 15],
      volume: [3, 7, 5],
    });
  });

  it('gives the same whatever pieces the bars come in', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 1, max: 20 })),
        (length, most, sizes) => {
          const whole = Object.fromEntries(
            ['time', 'open', 'high', 'low', 'close', 'volume'].map((name, index) => [
              name,
              Float64Array.from({ length }, (_, bar) => (bar * (7 + index)) % 31),
            ]),
          );
          const cut = (from: number, to: number): Bars => ({
            ...bars,
            ...Object.fromEntries(Object.entries(whole).map(([name, values]) => [name, values.slice(from, to)])),
            length: to - from,
          });
          const reducer = reduceBars(length, most);
          let at = 0;
          for (const size of [...sizes, length]) {
            const end = Math.min(length, at + size);
            reducer.add(cut(at, end));
            at = end;
          }
          expect(reducer.end()).toEqual(reduceAll(cut(0, length), most));
          expect(reducer.end().time.length).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});
