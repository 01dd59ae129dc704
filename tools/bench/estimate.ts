import { backtest } from '#core/engine/backtest.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { estimateRun } from '#core/engine/sweep/estimate.ts';
import { candidatesOf, rangeOf, type Axis } from '#core/engine/sweep/space.ts';
import { sweep } from '#core/engine/sweep/sweep.ts';
import { foldsOf } from '#core/engine/sweep/walk-forward.ts';
import { parse } from '#core/formula/language/parse.ts';
import { succeed } from './measure.ts';
import { FIFTY_NODES, formulaOf, randomBars, SMA_CROSS } from './work.ts';

interface Sample {
  readonly name: string;
  readonly code: string;
  readonly bars: number;
  readonly axes?: readonly Axis[];
  readonly windows?: { readonly inSample: number; readonly outOfSample: number; readonly anchored: boolean };
}

const line = (from: number, to: number, step = 1) => rangeOf(from, to, step);
const block = (name: string, call: string, bars = 200_000): Sample => ({
  name,
  code: `a = ${call}\nbuy(when: close > a)\nsell(when: close < a)`,
  bars,
});

const SAMPLES: readonly Sample[] = [
  { name: 'nothing but prices', code: 'buy(when: close > open)\nsell(when: close < open)', bars: 200_000 },
  { name: 'fifty nodes', code: FIFTY_NODES, bars: 200_000 },
  { name: '400 nodes', code: formulaOf(400), bars: 100_000 },
  block('cci of 2,000', 'cci(2000)', 50_000),
  block('cci of 20', 'cci(20)'),
  block('avgdev of 2,000', 'avgdev(close, 2000)', 50_000),
  block('highest', 'highest(high, 55)'),
  block('stddev', 'stddev(close, 200)'),
  block('linreg', 'linearreg(close, 500)'),
  block('wma', 'wma(close, 500)'),
  block('percentile', 'median(close, 500)'),
  block('correl', 'correl(high, low, 500)'),
  {
    name: 'pairs of averages',
    code: SMA_CROSS,
    bars: 200_000,
    axes: [
      { name: 'fast', values: line(2, 21) },
      { name: 'slow', values: line(22, 61) },
    ],
  },
  {
    name: 'few bars, many settings',
    code: SMA_CROSS,
    bars: 2000,
    axes: [
      { name: 'fast', values: line(2, 71) },
      { name: 'slow', values: line(72, 141) },
    ],
  },
  {
    name: 'own columns',
    code: 'input fast = 10\nbuy(when: close > rsi(close, fast))\nsell(when: close < ema(close, fast))',
    bars: 20_000,
    axes: [{ name: 'fast', values: line(2, 301) }],
  },
  {
    name: 'windows',
    code: SMA_CROSS,
    bars: 5000,
    axes: [
      { name: 'fast', values: line(2, 11) },
      { name: 'slow', values: line(22, 31) },
    ],
    windows: { inSample: 250, outOfSample: 50, anchored: false },
  },
  {
    name: 'tiny windows',
    code: SMA_CROSS,
    bars: 2000,
    axes: [
      { name: 'fast', values: line(2, 6) },
      { name: 'slow', values: line(22, 26) },
    ],
    windows: { inSample: 20, outOfSample: 5, anchored: false },
  },
];

/**
 * Processor time of one thread, in milliseconds, the least of three: what others on the machine do shows in more, never
 * in less.
 */
function leastOf(run: () => void): number {
  return Math.min(
    ...Array.from({ length: 3 }, () => {
      const before = process.threadCpuUsage();
      run();
      const { user, system } = process.threadCpuUsage(before);
      return (user + system) / 1000;
    }),
  );
}

/** Of runs of many kinds: what each takes, and how many times that its estimate says. */
export function benchEstimate(): {
  readonly name: string;
  readonly milliseconds: number;
  readonly estimated: number;
}[] {
  return SAMPLES.flatMap(({ name, code, bars: length, axes = [], windows }) => {
    const parsed = parse(code);
    const plan = compile(parsed.formula);
    if (!plan.ok) return [];
    const bars = randomBars(length);
    const candidates = succeed(candidatesOf(axes, { kind: 'grid' }));
    const spans = windows
      ? { spans: succeed(foldsOf(length, windows)).map(({ inSample }) => inSample), keep: ['sharpe'] as const }
      : {};
    const run = (): unknown =>
      axes.length > 0
        ? succeed(sweep({ formula: parsed.formula, candidates, bars, settings: DEFAULT_SETTINGS, ...spans }))
        : succeed(backtest(plan.value, bars, DEFAULT_SETTINGS));
    const milliseconds = leastOf(run);
    return [
      {
        name,
        milliseconds,
        estimated: estimateRun({
          formula: parsed.formula,
          bars: length,
          candidates: candidates.length,
          axes,
          windows: windows ?? null,
        }).time,
      },
    ];
  });
}
