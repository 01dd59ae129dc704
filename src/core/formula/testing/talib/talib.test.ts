import { describe, expect, test } from 'vitest';
import { checkFunction, TOLERANCE } from './check.ts';
import { functionNames, loadTalib } from './module.ts';

/** `npm run test:talib` does the same with more runs. */
const RUNS = 24;

const talib = await loadTalib();

describe('gives what TA-Lib gives, from the same bar on', () => {
  test.each(functionNames(talib).filter((name) => !name.startsWith('CDL')))('%s', (name) => {
    const { worst, problem } = checkFunction(talib, name, { runs: RUNS });
    expect(problem).toBeNull();
    expect(worst).toBeLessThanOrEqual(TOLERANCE);
  });
});
