import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reduceRun } from './reduce-run.ts';

const runOf = (equity: readonly number[]) => ({
  time: equity.map((_, bar) => bar),
  equity,
  drawdown: equity.map((value) => -value),
  benchmark: equity,
});

test('a run that fits is given as it is', () => {
  const run = runOf([1, 2, 3]);
  expect(reduceRun(run, 4)).toEqual(run);
});

test('a longer one keeps its order, its ends, its highest and its lowest, and what belongs to each bar', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 400 }),
      fc.integer({ min: 4, max: 60 }),
      (equity, most) => {
        const reduced = reduceRun(runOf(equity), most);
        expect(reduced.time.length).toBeLessThanOrEqual(Math.max(most, 4));
        expect(reduced.time).toEqual([...new Set(reduced.time)].sort((a, b) => a - b));
        expect(reduced.time[0]).toBe(0);
        expect(reduced.time.at(-1)).toBe(equity.length - 1);
        expect(Math.max(...reduced.equity)).toBe(Math.max(...equity));
        expect(Math.min(...reduced.equity)).toBe(Math.min(...equity));
        reduced.time.forEach((bar, index) =>
          expect([reduced.equity[index], reduced.drawdown[index]]).toEqual([equity[bar], -(equity[bar] ?? 0)]),
        );
      },
    ),
  );
});
