import fc from 'fast-check';
import type { SeriesMarker, UTCTimestamp } from 'lightweight-charts';
import { expect, test } from 'vitest';
import { apart, areWorded, readable, tradesWithin, type ChartTrade } from './trade-markers.ts';

const trade = (entryTime: number, exitTime: number): ChartTrade => ({
  side: 'long',
  entryTime,
  exitTime,
  entryPrice: 1,
  exitPrice: 2,
  net: 1,
});

test('trades are in a range when any of their time is', () => {
  const trades = [trade(0, 9), trade(5, 10), trade(12, 15), trade(20, 30), trade(21, 30), trade(0, 100)];
  expect(tradesWithin(trades, { from: 10, to: 20 })).toEqual([trades[1], trades[2], trades[3], trades[5]]);
});

test('words are shown where each trade has room for them', () => {
  expect([areWorded(0, 0), areWorded(9, 540), areWorded(10, 540), areWorded(68, 540)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('words are read one beside the other, and none over the edge', () => {
  const at = (exitTime: number): ChartTrade => ({
    side: 'long',
    entryTime: 0,
    exitTime,
    entryPrice: 1,
    exitPrice: 2,
    net: 1,
  });
  const trades = [500, 10, 100, 120, 170, 690, 3].map(at);
  expect([...readable(trades, (time) => (time === 3 ? null : time), 700)].map(({ exitTime }) => exitTime)).toEqual([
    100, 170, 500,
  ]);
});

test('no two marks of one side cover each other, and none is left out without a dot in its place', () => {
  const marks = fc.array(fc.record({ time: fc.nat(600), isAbove: fc.boolean() }), { maxLength: 120 }).map((some) =>
    some
      .toSorted((a, b) => a.time - b.time)
      .map(({ time, isAbove }): SeriesMarker<UTCTimestamp> => ({
        time: time as UTCTimestamp,
        position: isAbove ? 'aboveBar' : 'belowBar',
        shape: isAbove ? 'arrowDown' : 'arrowUp',
        color: 'red',
      })),
  );
  fc.assert(
    fc.property(marks, (all) => {
      const shown = apart(all, Number, 'grey');
      for (const position of ['aboveBar', 'belowBar'] as const) {
        const places = shown.filter((mark) => mark.position === position).map(({ time }) => time);
        places.forEach((place, index) => {
          if (index > 0) expect(place - (places[index - 1] ?? 0)).toBeGreaterThanOrEqual(11);
        });
        for (const mark of all.filter((one) => one.position === position)) {
          const near = shown.findLast((one) => one.position === position && one.time <= mark.time);
          expect(near?.time === mark.time || near?.shape === 'circle').toBe(true);
        }
      }
      expect(shown.map(({ time }) => time)).toEqual(shown.map(({ time }) => time).toSorted((a, b) => a - b));
    }),
  );
});
