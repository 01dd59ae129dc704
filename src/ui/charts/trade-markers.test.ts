import { expect, test } from 'vitest';
import { areWorded, readable, tradesWithin, type ChartTrade } from './trade-markers.ts';

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
