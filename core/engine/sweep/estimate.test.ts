import { describe, expect, it } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { MOST_NODES, type Formula } from '#core/formula/model/formula.ts';
import { estimateRun } from './estimate.ts';
import { rangeOf } from './space.ts';

const HOUR = 3_600_000;
const axis = (name: string, from: number, to: number) => ({ name, values: rangeOf(from, to, 1) });
const FIFTY = `fast = ema(close, 12)
bands = bbands(close, 20, 2, 2)
lines = macd(close, 12, 26, 9)
${Array.from({ length: 30 }, (_, index) => `v${index} = rsi(close, ${index + 5}) + atr(${index + 3}) > 40`).join('\n')}`;

describe('the estimate of a run', () => {
  it.each([
    [
      '9,870 pairs of averages over a million bars',
      'input fast = 10\ninput slow = 50\nbuy(when: crossover(sma(close, fast), sma(close, slow)))',
      [axis('fast', 2, 142), axis('slow', 2, 142)],
      9870,
      1_000_000,
      1,
    ],
    [
      '50,000 settings over 100,000 bars',
      'input fast = 10\ninput slow = 50\nbuy(when: crossover(sma(close, fast), sma(close, slow)))',
      [axis('fast', 2, 251), axis('slow', 2, 201)],
      50_000,
      100_000,
      1,
    ],
    [
      'the same of a formula of a hundred columns that all settings share',
      `input fast = 10\ninput slow = 50\n${FIFTY}\nbuy(when: v1 and v2 and crossover(sma(close, fast), sma(close, slow)))`,
      [axis('fast', 2, 251), axis('slow', 2, 201)],
      50_000,
      100_000,
      1,
    ],
    [
      '9,870 windows of mean deviation over a million bars',
      'input fast = 10\ninput slow = 50\nbuy(when: cci(fast) > 0 and cci(slow) > 0)',
      [axis('fast', 2, 142), axis('slow', 2, 142)],
      9870,
      1_000_000,
      1,
    ],
  ])('lets %s run: within the hours of the standard plan', (_name, code, axes, candidates, bars, hours) => {
    expect(estimateRun({ formula: parse(code).formula, bars, candidates, axes }).time).toBeLessThan(hours * HOUR);
  });

  it('charges what the position decides, or a setting has of its own, for each setting', () => {
    const estimate = (code: string) =>
      estimateRun({ formula: parse(code).formula, bars: 1000, candidates: 100, axes: [axis('n', 1, 100)] }).time;
    const kept = estimate('input n = 3\na = cci(900)\nbuy(when: a > n)');
    expect(estimate('input n = 300\na = cci(n)\nbuy(when: a > n)')).toBeGreaterThan(kept);
    expect(estimate('input n = 3\na = avgdev(close, 900)\nbuy(when: a > n)')).toBeLessThan(
      estimate('input n = 3\na = avgdev(equity, 900)\nbuy(when: a > n)'),
    );
  });

  it('of a window of 100,000 bars stays out of the standard plan where many settings compute it', () => {
    const { formula } = parse('input n = 100\nbuy(when: cci(n) > 0)');
    expect(
      estimateRun({ formula, bars: 1_000_000, candidates: 1000, axes: [axis('n', 99_001, 100_000)] }).time,
    ).toBeGreaterThan(6 * HOUR);
  });

  it('walks each wire once, also where every node stands on all inputs, in circles, and on wires to nowhere', () => {
    const nodes = Object.fromEntries(
      Array.from({ length: MOST_NODES }, (_, index) => [
        `n${index}`,
        index % 2 === 0
          ? { block: 'input', name: `i${index}`, args: { value: 3 } }
          : {
              block: 'cci',
              args: {
                a: { from: `n${index - 1}` },
                b: { from: `n${(index + 2) % MOST_NODES}` },
                c: { from: 'constructor' },
              },
            },
      ]),
    );
    const formula: Formula = { format: 'alphaloom/formula@1', nodes };
    const axes = Array.from({ length: 40 }, (_, index) => axis(`i${2 * index}`, 1, 2));
    const { time } = estimateRun({ formula, bars: 1000, candidates: 1_000_000, axes });
    expect(time).toBeGreaterThan(HOUR);
    expect(Number.isFinite(time)).toBe(true);
  });
});
