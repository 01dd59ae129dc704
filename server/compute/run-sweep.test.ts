import { serialize } from 'node:v8';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { monteCarlo } from '#core/engine/chance/monte-carlo.ts';
import { randomOf } from '#core/engine/chance/random.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { candidatesOf, rangeOf, type Space } from '#core/engine/sweep/space.ts';
import { sweep } from '#core/engine/sweep/sweep.ts';
import { walkForwardAlone } from '#core/engine/testing/walk-forward-alone.ts';
import { toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Bars } from '#core/market/bars.ts';
import { ok } from '#core/result/result.ts';
import { keepForward } from '#server/db/keep-result.ts';
import { startComputePool, type ComputePool } from './compute-pool.ts';
import { runSweep, type SweepTask } from './run-sweep.ts';
import { runWalkForward } from './run-walk-forward.ts';
import { shareBars } from './shared-memory.ts';

const { formula } = parse(`input fast = 5 in 2..60
input slow = 20
buy(when: crossover(sma(close, fast), sma(close, slow)))
sell(when: crossunder(sma(close, fast), sma(close, slow)))`);

function walk(length: number): Bars {
  const random = randomOf(3);
  const close = new Float64Array(length);
  let price = 100;
  for (let bar = 0; bar < length; bar += 1)
    close[bar] = price = Math.max(1, price * (1 + (random.next() - 0.5) * 0.02));
  return {
    symbol: 'WALK',
    timeframe: '1h',
    length,
    time: close.map((_, bar) => bar * 3_600_000),
    open: close,
    high: close,
    low: close,
    close,
    volume: close,
  };
}

const space: Space = {
  axes: [
    { name: 'fast', values: rangeOf(2, 20, 1) },
    { name: 'slow', values: rangeOf(10, 60, 5) },
  ],
  search: { kind: 'grid' },
};
const all = candidatesOf(space.axes, space.search);
const pairs = all.ok ? all.value : [];

const bars = shareBars(walk(9000));
const task: SweepTask = { formula: toJson(formula), bars, feeds: new Map(), settings: DEFAULT_SETTINGS, space };
const listed = (values: readonly number[]): Space => ({ axes: [{ name: 'fast', values }], search: { kind: 'grid' } });
const unstopped = () => new AbortController().signal;

let pool: ComputePool;
beforeAll(async () => {
  pool = await startComputePool({ size: 3, log: { error: () => undefined } });
}, 60_000);
afterAll(() => pool.close());

describe('a sweep on threads', () => {
  test.each([0, 7, 100])(
    'has the figures of the engine, to the bit, with room for %i columns',
    async (slots) => {
      const columnBytes = slots * 8 * bars.length;
      const outcome = await runSweep(pool, { ...task, columnBytes }, { signal: unstopped() });
      const alone = sweep({ formula, candidates: pairs, bars, settings: DEFAULT_SETTINGS });
      if (outcome.type !== 'finished' || !alone.ok) throw new Error('the sweep did not end');
      for (const candidate of pairs.keys())
        expect(outcome.table.metricsOf(candidate)).toEqual(alone.value.metricsOf(candidate));
    },
    60_000,
  );

  test('tells how far it is, and stops when it is asked to', async () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const outcome = await runSweep(pool, task, {
      signal: controller.signal,
      onProgress: (fraction) => (seen.push(fraction), controller.abort()),
    });
    expect(outcome).toEqual({ type: 'stopped' });
    expect(seen.length).toBeGreaterThan(0);
    expect(Math.max(...seen)).toBeLessThan(1);
    const whole: number[] = [];
    await runSweep(pool, task, { signal: unstopped(), onProgress: (fraction) => whole.push(fraction) });
    expect(whole).toEqual(whole.toSorted((a, b) => a - b));
    expect(whole.at(-1)).toBe(1);
  }, 60_000);

  test('keeps its settings off the process that answers people: no message names them, however many there are', async () => {
    const sent: string[] = [];
    const listening: ComputePool = {
      ...pool,
      run: (kind, given, options) => {
        sent.push(JSON.stringify(given, (_, value: unknown) => (ArrayBuffer.isView(value) ? null : value)));
        return pool.run(kind, given, options);
      },
    };
    const many: Space = {
      axes: [
        { name: 'fast', values: rangeOf(2, 60, 1) },
        { name: 'slow', values: rangeOf(10, 1000, 1) },
      ],
      search: { kind: 'random', samples: 5000, seed: 1 },
    };
    const few = shareBars(walk(60));
    const outcome = await runSweep(
      listening,
      { ...task, bars: few, space: many, keep: ['sharpe'] },
      { signal: unstopped() },
    );
    expect(outcome.type).toBe('finished');
    expect(sent.filter((message) => message.includes('{"fast":'))).toEqual([]);
  }, 60_000);

  test('lets other tasks through before it has ended', async () => {
    const ended: string[] = [];
    const sweeping = runSweep(pool, { ...task, columnBytes: 0 }, { signal: unstopped() }).then(() =>
      ended.push('sweep'),
    );
    await pool.run('backtest', { ...task, inputs: {} }, { signal: unstopped() }).then(() => ended.push('backtest'));
    await sweeping;
    expect(ended).toEqual(['backtest', 'sweep']);
  }, 60_000);

  test('says what can not be: one setting, the formula, the bars, a feed that is missing', async () => {
    const some = await runSweep(pool, { ...task, space: listed([5, 99]) }, { signal: unstopped() });
    expect(some.type === 'finished' && [...some.table.refused]).toEqual([[1, 'The input `fast` is at the most 60.']]);
    const refused = (more: Partial<SweepTask>) => runSweep(pool, { ...task, ...more }, { signal: unstopped() });
    expect(await refused({ formula: '{}' })).toMatchObject({ type: 'refused' });
    expect(await refused({ bars: shareBars({ ...walk(50), low: new Float64Array(50).fill(-1) }) })).toMatchObject({
      type: 'refused',
      reason: expect.stringContaining('prices are above 0'),
    });
    const reading = parse('input fast = 5\nbuy(when: feed("SPY").close > fast)').formula;
    expect(await refused({ formula: toJson(reading), space: listed([1]) })).toMatchObject({
      type: 'refused',
      reason: expect.stringContaining('SPY'),
    });
  }, 60_000);
});

test('walking forward on threads is what the engine does alone', async () => {
  const windows = { inSample: 3000, outOfSample: 1500, anchored: false };
  const outcome = await runWalkForward(pool, { ...task, windows, rankedBy: 'sharpe' }, { signal: unstopped() });
  const alone = walkForwardAlone({
    formula,
    candidates: pairs,
    bars,
    settings: DEFAULT_SETTINGS,
    windows,
    by: 'sharpe',
  });
  expect(alone.ok && alone.value.windows.length).toBe(4);
  expect(outcome.type === 'finished' && ok(outcome.forward)).toEqual(
    alone.ok && keepForward(alone.value, Number.POSITIVE_INFINITY),
  );
  expect(
    await runWalkForward(
      pool,
      { ...task, windows: { ...windows, inSample: 9000 }, rankedBy: 'sharpe' },
      { signal: unstopped() },
    ),
  ).toMatchObject({ type: 'refused' });
}, 60_000);

test('so is Monte Carlo', async () => {
  const request = {
    nets: [5, -3, 8, -9],
    cash: 100,
    resampling: 'bootstrap',
    stakes: 'compound',
    runs: 500,
    seed: 4,
    ruin: 0.9,
  } as const;
  const alone = monteCarlo(request);
  const drawn = await pool.run('monteCarlo', request, { signal: unstopped() });
  expect(drawn.type === 'finished' && ok(drawn.drawn)).toEqual(alone);
});

test('a piece of a walk-forward of many windows names its windows, and copies none', async () => {
  const sizes: number[] = [];
  const measured: ComputePool = {
    ...pool,
    run: (kind, task, options) => {
      sizes.push(serialize(withoutShared(task)).length);
      return pool.run(kind, task, options);
    },
  };
  const walked = await runWalkForward(
    measured,
    {
      ...task,
      space: listed([3, 5, 8]),
      windows: { inSample: 20, outOfSample: 10, anchored: false },
      rankedBy: 'totalReturn',
    },
    { signal: unstopped() },
  );
  expect(walked.type).toBe('finished');
  // 898 windows; the formula is 2 KB.
  expect(Math.max(...sizes)).toBeLessThan(10_000);
}, 60_000);

/** What a message to a thread copies. */
const withoutShared = (task: unknown): unknown =>
  JSON.parse(
    JSON.stringify(task, (_, value: unknown) =>
      ArrayBuffer.isView(value) && value.buffer instanceof SharedArrayBuffer ? 'shared' : value,
    ),
  );
