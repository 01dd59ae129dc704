import { describe, expect, it } from 'vitest';
import { tooLarge } from './check-sizes.ts';

describe('the budgets of first loads', () => {
  const budgets = { '/': 100, '/bots': 120 };

  it('are kept by pages that load no more', () => {
    expect(
      tooLarge(
        new Map([
          ['/', 100_000],
          ['/bots', 1],
        ]),
        budgets,
      ),
    ).toEqual([]);
  });

  it('name the page that loads more', () => {
    const problems = tooLarge(
      new Map([
        ['/', 100_001],
        ['/bots', 1],
      ]),
      budgets,
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^\/ loads 100.0 kB, and may load 100/);
  });

  it('are those of the pages that there are', () => {
    const problems = tooLarge(
      new Map([
        ['/', 1],
        ['/new', 1],
      ]),
      budgets,
    );
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['/new', '/bots']);
  });
});
