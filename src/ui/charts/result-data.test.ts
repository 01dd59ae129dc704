import { expect, test } from 'vitest';
import { withDetail, type ResultData } from './result-data.ts';

const dataOf = (time: readonly number[]): ResultData => ({
  bars: { time, open: time, high: time, low: time, close: time },
  time,
  equity: time,
  benchmark: time,
  drawdown: time,
});

test('finer data takes the place of what it is finer than', () => {
  expect(withDetail(dataOf([0, 10, 20, 30, 40]), dataOf([10, 12, 14, 16, 18, 20, 22])).bars.close).toEqual([
    0, 10, 12, 14, 16, 18, 20, 22, 30, 40,
  ]);
  expect(withDetail(dataOf([0, 10, 20]), dataOf([12, 14])).equity).toEqual([0, 10, 12, 14, 20]);
  expect(withDetail(dataOf([0, 10, 20]), dataOf([0, 5, 10, 15, 20, 25])).time).toEqual([0, 5, 10, 15, 20, 25]);
});

test('without any the whole stays what it is', () => {
  const whole = dataOf([0, 10, 20]);
  expect(withDetail(whole, null)).toBe(whole);
  expect(withDetail(whole, dataOf([]))).toBe(whole);
});
