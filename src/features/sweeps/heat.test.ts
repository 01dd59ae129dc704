import { expect, test } from 'vitest';
import { candidatesOf, type Axis } from '#core/engine/sweep/space.ts';
import { SweepTable } from '#core/engine/sweep/sweep-table.ts';
import { heatOf } from './heat.ts';

const fast: Axis = { name: 'fast', values: [1, 2, 3] };
const slow: Axis = { name: 'slow', values: [10, 20] };
const kind: Axis = { name: 'kind', values: ['sma', 'ema'] };

function tableOf(axes: readonly Axis[], worth: (index: number) => number): SweepTable {
  const candidates = candidatesOf(axes, { kind: 'grid' });
  if (!candidates.ok) throw new Error(candidates.error);
  const table = new SweepTable(candidates.value, ['sharpe', 'trades']);
  candidates.value.forEach((_, index) => table.set(index, [{ sharpe: worth(index), trades: index }]));
  return table;
}

test('a cell is the candidate of its column and row', () => {
  const heat = heatOf(
    tableOf([fast, slow], (index) => index),
    { across: fast, down: slow, metric: 'sharpe', rankedBy: 'sharpe' },
  );
  expect([...heat.candidates]).toEqual([0, 2, 4, 1, 3, 5]);
  expect([...heat.values]).toEqual([0, 2, 4, 1, 3, 5]);
});

test('where a third axis gives several, a cell is the best of them, whatever it shows', () => {
  const heat = heatOf(
    tableOf([fast, slow, kind], (index) => -index),
    { across: fast, down: slow, metric: 'trades', rankedBy: 'sharpe' },
  );
  expect([...heat.candidates]).toEqual([0, 4, 8, 2, 6, 10]);
  expect([...heat.values]).toEqual([0, 4, 8, 2, 6, 10]);
});

test('one axis is one row, and what was not tried is empty', () => {
  const table = new SweepTable([{ fast: 1 }, { fast: 3 }], ['sharpe']);
  table.set(0, [{ sharpe: 1 }]);
  table.set(1, [{ sharpe: 2 }]);
  const heat = heatOf(table, { across: fast, down: null, metric: 'sharpe', rankedBy: 'sharpe' });
  expect([...heat.candidates]).toEqual([0, -1, 1]);
  expect([...heat.values]).toEqual([1, Number.NaN, 2]);
});
