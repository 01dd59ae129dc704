import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Bars } from '#core/market/bars.ts';
import { startComputePool, type ComputePool } from './compute-pool.ts';
import type { Claim } from './compute-queue.ts';
import type { BacktestTask } from './protocol.ts';
import { shareBars } from './shared-memory.ts';

function bars(length: number): Bars {
  const close = Float64Array.from({ length }, (_, bar) => 100 + (bar % 13));
  return shareBars({
    symbol: 'LONG',
    timeframe: '1m',
    length,
    time: close.map((_, bar) => bar * 60_000),
    open: close,
    high: close,
    low: close,
    close,
    volume: close,
  });
}

const task = (code: string, length: number): BacktestTask => ({
  formula: toJson(parse(code).formula),
  inputs: {},
  bars: bars(length),
  feeds: new Map(),
  settings: DEFAULT_SETTINGS,
});
/** A single kernel that takes minutes, and asks nobody meanwhile. */
const endless = task('buy(when: cci(100000) > 0)', 1_000_000);
const small = task('buy(when: sma(close, 5) > close)', 1000);
const claimOf = (owner: string, mostTime = Number.POSITIVE_INFINITY): Claim => ({
  owner,
  weight: 1,
  mostTime,
  spent: 0,
});
const unstopped = () => new AbortController().signal;

let pool: ComputePool;
beforeAll(async () => {
  pool = await startComputePool({ size: 1, log: { error: () => undefined } });
}, 60_000);
afterAll(() => pool.close());

describe('threads that compute', () => {
  test('end what is cancelled inside of one indicator, and go on', async () => {
    const controller = new AbortController();
    const run = pool.run('backtest', endless, { signal: controller.signal, claim: claimOf('a') });
    await pool.run('backtest', small, { signal: unstopped(), claim: claimOf('b') });
    controller.abort();
    expect(await run).toEqual({ type: 'stopped' });
    expect(await pool.run('backtest', small, { signal: unstopped(), claim: claimOf('a') })).toMatchObject({
      type: 'finished',
    });
  }, 30_000);

  test('end what takes longer than its plan allows, and say so', async () => {
    const outcome = await pool.run('backtest', endless, { signal: unstopped(), claim: claimOf('a', 500) });
    expect(outcome).toMatchObject({
      type: 'refused',
      reason: expect.stringContaining('the longest that your plan allows'),
    });
  }, 30_000);

  test('let one organisation through while others hold every thread for minutes', async () => {
    const controller = new AbortController();
    const long = ['a', 'a', 'b', 'b', 'c', 'd', 'e'].map((owner) =>
      pool.run('backtest', endless, { signal: controller.signal, claim: claimOf(owner) }),
    );
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await pool.run('backtest', small, { signal: unstopped(), claim: claimOf('neighbour') })).toMatchObject({
        type: 'finished',
      });
    }
    controller.abort();
    expect(new Set((await Promise.all(long)).map(({ type }) => type))).toEqual(new Set(['stopped']));
  }, 60_000);

  test('stop what waits without a thread', async () => {
    const held = new AbortController();
    const first = pool.run('backtest', endless, { signal: held.signal, claim: claimOf('a') });
    const waits = new AbortController();
    const second = pool.run('backtest', endless, { signal: waits.signal, claim: claimOf('a') });
    waits.abort();
    expect(await second).toEqual({ type: 'stopped' });
    held.abort();
    expect(await first).toEqual({ type: 'stopped' });
  }, 30_000);
});
