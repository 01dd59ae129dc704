import { describe, expect, test } from 'vitest';
import type { Port } from '../../model/block.ts';
import { checkFunction, TOLERANCE } from './check.ts';
import { askTalib, blockOf, columnCount, optionPorts } from './functions.ts';
import { functionNames, loadTalib } from './module.ts';

/** `npm run test:talib` does more, for all 161 functions at once. */
const RUNS = 24;

const talib = await loadTalib();
const names = functionNames(talib);

describe('gives what TA-Lib gives, from the same bar on', () => {
  test.each(names)('%s', (name) => {
    const { worst, problem } = checkFunction(talib, name, { runs: RUNS });
    expect(problem).toBeNull();
    expect(worst).toBeLessThanOrEqual(TOLERANCE);
  });
});

describe('takes the numbers that TA-Lib takes', () => {
  const isTaken = (name: string, port: Port, value: number): boolean => {
    const block = blockOf(name);
    if (!block) return false;
    const params = {
      ...Object.fromEntries(optionPorts(block).map((option) => [option.name, option.default ?? null])),
      [port.name]: value,
    };
    try {
      askTalib(
        talib,
        name,
        block,
        params,
        Array.from({ length: columnCount(block) }, () => Float64Array.of(1)),
      );
      return true;
    } catch {
      return false;
    }
  };

  const limits = names.flatMap((name) =>
    optionPorts(blockOf(name) ?? { inputs: [] }).map((port) => ({ name, port, title: `${name} ${port.name}` })),
  );
  const step = (port: Port): number => (port.integer ? 1 : 1e-6);

  // With a single bar TA-Lib's TRIX takes a lookback for negative and reads before its column.
  test.each(limits.filter(({ name, port }) => port.min !== undefined && name !== 'TRIX'))(
    '$title from $port.min',
    ({ name, port }) => {
      const least = port.min ?? 0;
      expect([isTaken(name, port, least), isTaken(name, port, least - step(port))]).toEqual([true, false]);
    },
  );

  // An average with a variable period takes fewer: one for each of them runs along.
  test.each(limits.filter(({ name, port }) => port.max !== undefined && name !== 'MAVP'))(
    '$title up to $port.max',
    ({ name, port }) => {
      const most = port.max ?? 0;
      expect([isTaken(name, port, most), isTaken(name, port, most + step(port))]).toEqual([true, false]);
    },
  );
});
