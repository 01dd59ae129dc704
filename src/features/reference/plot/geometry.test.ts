import { describe, expect, test } from 'vitest';
import { columnPaths, createAxis, createScale, linePath, monthStarts, stepsPath, ticksOf } from './geometry.ts';

const window = { from: 0, to: 4 };
const axis = createAxis(window, 40);
const y = (value: number) => 100 - value;

describe('ticks', () => {
  test('are round and within the extent', () => {
    expect(ticksOf({ low: 2346, high: 2954 }, 4)).toEqual([2400, 2600, 2800]);
    expect(ticksOf({ low: -0.03, high: 0.05 }, 3)).toEqual([-0.025, 0, 0.025, 0.05]);
    expect(ticksOf({ low: 7, high: 7 }, 3)).toEqual([7]);
    expect(ticksOf({ low: Infinity, high: -Infinity }, 3)).toEqual([]);
  });
});

describe('a scale', () => {
  test('has the highest on top and a little air', () => {
    const scale = createScale({ low: 10, high: 20 }, 50, 100);
    expect([scale(20), scale(15), scale(10)]).toEqual([56, 100, 144]);
  });

  test('puts a single value in the middle', () => {
    expect(createScale({ low: 3, high: 3 }, 0, 40)(3)).toBe(20);
  });
});

describe('a line', () => {
  test('goes through the middles of the bars and is broken where a value is missing', () => {
    expect(linePath(Float64Array.of(1, 2, Number.NaN, 4), axis, y)).toBe('M5 99L15 98M35 96');
  });

  test('in steps holds each value over its bar', () => {
    expect(stepsPath(Float64Array.of(1, 2, Number.NaN, 2), axis, y)).toBe('M0 99.5H10V98.5H20M30 98.5H40');
  });

  test('as columns stands on zero, on both sides of it', () => {
    expect(columnPaths(Float64Array.of(3, -2, Number.NaN, 0), axis, y)).toEqual({
      above: 'M2 100V97h6V100zM32 100V100h6V100z',
      below: 'M12 100V102h6V100z',
    });
  });
});

test('months are named where there is room', () => {
  const day = (month: number, date: number) => Date.UTC(2019, month, date);
  const time = Float64Array.of(day(0, 30), day(0, 31), day(1, 1), day(1, 2), day(2, 1), day(3, 1));
  const wide = createAxis({ from: 0, to: 6 }, 600);
  expect(monthStarts({ time }, wide, 60)).toEqual([2, 4, 5]);
  expect(monthStarts({ time }, wide, 150)).toEqual([2, 4]);
});
