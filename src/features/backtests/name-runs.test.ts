import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { nameRuns, type NamedRun } from './name-runs.ts';

const run = (id: string, change: Partial<NamedRun> = {}): NamedRun => ({
  id,
  title: null,
  formulaId: 'f',
  versionNumber: 1,
  contentHash: 'abcdef123456',
  symbol: 'SPX',
  timeframe: '1d',
  inputs: {},
  settings: DEFAULT_SETTINGS,
  from: null,
  to: null,
  ...change,
});

test('runs are named by what differs between them, and by nothing else', () => {
  const names = nameRuns([
    run('a', { inputs: { fast: 10 } }),
    run('b', { inputs: { fast: 20 }, settings: { ...DEFAULT_SETTINGS, commission: 0.001 } }),
    run('c', { formulaId: 'other' }),
    run('d', { title: 'The one for Ben' }),
  ]);
  expect(Object.fromEntries(names)).toEqual({
    a: 'fast 10 · no costs',
    b: 'fast 20 · commission 0.1%',
    c: '',
    d: 'The one for Ben',
  });
});

test('two runs have the same name where they were made with the same, and only there', () => {
  const runs = fc.array(
    fc.record({
      inputs: fc.record({ fast: fc.constantFrom(5, 10), slow: fc.constantFrom(20, 30) }),
      versionNumber: fc.constantFrom(1, 2),
      symbol: fc.constantFrom('SPX', 'BTC'),
      from: fc.constantFrom(null, Date.UTC(2010, 0, 1)),
      settings: fc.constantFrom(
        DEFAULT_SETTINGS,
        { ...DEFAULT_SETTINGS, slippage: 0.001 },
        { ...DEFAULT_SETTINGS, cash: 5 },
      ),
    }),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(runs, (changes) => {
      const all = changes.map((change, index) => run(String(index), change));
      const names = nameRuns(all);
      for (const [i, a] of changes.entries())
        for (const [j, b] of changes.entries())
          expect(names.get(String(i)) === names.get(String(j))).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});
