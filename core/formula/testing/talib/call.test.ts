import { expect, test } from 'vitest';
import { callTalib } from './call.ts';
import { functionNames, loadTalib } from './module.ts';

const talib = await loadTalib();

test('has all functions of TA-Lib 0.6', () => {
  const names = functionNames(talib);
  expect(names).toHaveLength(161);
  expect(names.filter((name) => name.startsWith('CDL'))).toHaveLength(61);
  expect(names).toEqual(expect.arrayContaining(['ACCBANDS', 'AVGDEV', 'IMI']));
});

test('gives the outputs from the first bar that has one', () => {
  const { begin, outputs } = callTalib(talib, {
    name: 'SMA',
    inputs: [Float64Array.of(1, 2, 3, 7)],
    options: [3],
    outputs: 1,
  });
  expect(begin).toBe(2);
  expect(outputs).toEqual([Float64Array.of(Number.NaN, Number.NaN, 2, 4)]);
});

test('reads integers as integers', () => {
  const inputs = [Float64Array.of(5, 1, 9, 2, 3)];
  expect(callTalib(talib, { name: 'MINMAXINDEX', inputs, options: [2], outputs: 2 }).outputs).toEqual([
    Float64Array.of(Number.NaN, 1, 1, 3, 3),
    Float64Array.of(Number.NaN, 0, 2, 2, 4),
  ]);
});

test('begins behind the last bar where the series is too short', () => {
  const { begin, outputs } = callTalib(talib, {
    name: 'EMA',
    inputs: [Float64Array.of(1, 2)],
    options: [30],
    outputs: 1,
  });
  expect(begin).toBe(2);
  expect(outputs).toEqual([Float64Array.of(Number.NaN, Number.NaN)]);
});

test('refuses what TA-Lib refuses', () => {
  expect(() => callTalib(talib, { name: 'EMA', inputs: [Float64Array.of(1, 2)], options: [1], outputs: 1 })).toThrow(
    'TA_EMA(1) failed with code 2',
  );
  expect(() => callTalib(talib, { name: 'NONE', inputs: [], options: [], outputs: 1 })).toThrow('TA-Lib has no NONE');
});

test('keeps no memory', () => {
  const column = new Float64Array(50_000).fill(1);
  for (let run = 0; run < 100; run += 1)
    callTalib(talib, { name: 'ADD', inputs: [column, column], options: [], outputs: 1 });
  expect(
    callTalib(talib, { name: 'ADD', inputs: [column, column], options: [], outputs: 1 }).outputs[0]?.[49_999],
  ).toBe(2);
});
