import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { startComputePool, type ComputePool } from './compute-pool.ts';
import type { Claim } from './compute-queue.ts';
import type { BacktestTask } from './protocol.ts';
import { pauseAfter } from './thread-slot.ts';

const PROGRAMS = {
  answers: new URL('./testing/threads/answers.ts', import.meta.url),
  fails: new URL('./testing/threads/fails.ts', import.meta.url),
  'dies-idle': new URL('./testing/threads/dies-idle.ts', import.meta.url),
  'dies-at-work': new URL('./testing/threads/dies-at-work.ts', import.meta.url),
};
type Behaviour = keyof typeof PROGRAMS;

const NO_BARS = new Float64Array(0);
const taskOf = (formula: string): BacktestTask => ({
  formula,
  inputs: {},
  bars: {
    symbol: 'X',
    timeframe: '1m',
    length: 0,
    time: NO_BARS,
    open: NO_BARS,
    high: NO_BARS,
    low: NO_BARS,
    close: NO_BARS,
    volume: NO_BARS,
  },
  feeds: new Map(),
  settings: DEFAULT_SETTINGS,
});
const claimOf = (owner: string): Claim => ({ owner, weight: 1, mostTime: Number.POSITIVE_INFINITY, spent: 0 });
const ANSWER = { type: 'refused', reason: 'answered' };

let pool: ComputePool | null = null;
afterEach(async () => {
  await pool?.close();
  pool = null;
});

/** A pool whose threads behave in the order given, and answer from then on. */
async function poolOf(size: number, spare: number, behaviours: readonly Behaviour[]) {
  let starts = 0;
  const failures: number[] = [];
  const started = await startComputePool({
    size,
    spare,
    log: { error: ({ pause }: { readonly pause: number }) => void failures.push(pause) },
    program: () => {
      const program = PROGRAMS[behaviours[starts] ?? 'answers'];
      starts += 1;
      return program;
    },
  });
  pool = started;
  return {
    failures,
    starts: () => starts,
    ask: (owner: string) => started.run('backtest', taskOf('ask'), { signal: neverAborted(), claim: claimOf(owner) }),
    /** A task that kills its thread. */
    die: () => started.run('backtest', taskOf('die'), { signal: neverAborted(), claim: claimOf('a') }),
    /** A task that holds a thread until it is stopped. `begun` when it has one. */
    hold: (owner: string) => {
      const stop = new AbortController();
      const { promise: begun, resolve } = Promise.withResolvers<void>();
      const ended = started.run('backtest', taskOf('hold'), {
        signal: stop.signal,
        claim: claimOf(owner),
        onProgress: () => resolve(),
      });
      return { begun, ended, stop: () => stop.abort() };
    },
  };
}
const neverAborted = () => new AbortController().signal;

/** As many tasks hold a thread each at the same time as there are threads. */
async function expectAlive(pooled: Awaited<ReturnType<typeof poolOf>>, threads: number): Promise<void> {
  const held = Array.from({ length: threads }, (_, index) => pooled.hold(`owner ${index}`));
  await Promise.all(held.map(({ begun }) => begun));
  held.forEach(({ stop }) => stop());
  await Promise.all(held.map(({ ended }) => ended));
}

describe('a pool has all of its threads again, and no task is lost, after a thread that', () => {
  test('does not start at first', async () => {
    const pooled = await poolOf(1, 1, ['fails', 'answers', 'answers']);
    await expectAlive(pooled, 2);
    expect(pooled.failures).toEqual([0]);
  });

  test('dies while it waits for work', async () => {
    const pooled = await poolOf(1, 1, ['dies-idle']);
    await vi.waitFor(() => expect(pooled.failures).toEqual([0]));
    await expectAlive(pooled, 2);
  });

  test('dies at work: that task fails and no other', async () => {
    const pooled = await poolOf(1, 0, ['dies-at-work']);
    const first = pooled.ask('a');
    const second = pooled.ask('b');
    await expect(first).rejects.toThrow('ended by itself, with 3');
    expect(await second).toEqual(ANSWER);
    await expectAlive(pooled, 1);
  });

  test('dies again and again: the pause grows', async () => {
    const pooled = await poolOf(1, 1, ['answers', 'dies-idle', 'fails', 'dies-idle']);
    await vi.waitFor(() => expect(pooled.failures).toEqual([0, 100, 200]), { timeout: 10_000 });
    await expectAlive(pooled, 2);
  });

  test('died, and has ended a task since: nobody pauses for the next', async () => {
    const pooled = await poolOf(1, 0, ['dies-at-work']);
    await expect(pooled.ask('a')).rejects.toThrow('ended by itself');
    expect(await pooled.ask('a')).toEqual(ANSWER);
    await expect(pooled.die()).rejects.toThrow('ended by itself');
    expect(await pooled.ask('a')).toEqual(ANSWER);
    expect(pooled.failures).toEqual([0, 0]);
  });

  test('does not start after the end of another task, whose thread stays', async () => {
    const pooled = await poolOf(1, 1, ['dies-at-work', 'answers', 'fails', 'fails']);
    await Promise.allSettled([pooled.ask('a'), pooled.ask('b')]);
    await expectAlive(pooled, 2);
    expect(pooled.failures).toEqual([0, 100, 200]);
  });

  test('died with all the others', async () => {
    const pooled = await poolOf(2, 1, ['dies-idle', 'dies-idle', 'dies-idle', 'fails', 'fails', 'fails']);
    // Not before each of them has: a task that a dying thread has got fails with the thread.
    await vi.waitFor(() => expect(pooled.failures).toHaveLength(6), { timeout: 10_000 });
    expect(await Promise.all(['a', 'b', 'c'].map(pooled.ask))).toEqual([ANSWER, ANSWER, ANSWER]);
    await expectAlive(pooled, 3);
  });
});

test('a pool of which no thread starts says why, and leaves none behind', async () => {
  await expect(poolOf(1, 1, ['fails', 'fails', 'fails', 'fails', 'fails', 'fails'])).rejects.toThrow(
    'no memory for a thread',
  );
});

test('one organisation leaves a thread to others also while a thread is missing', async () => {
  // The third slot pauses for long.
  const pooled = await poolOf(2, 1, ['answers', 'answers', 'fails', ...Array<Behaviour>(8).fill('fails')]);
  await vi.waitFor(() => expect(pooled.failures.length).toBeGreaterThan(3), { timeout: 10_000 });
  const held = [pooled.hold('a'), pooled.hold('a')];
  await Promise.race(held.map(({ begun }) => begun));
  expect(await pooled.ask('neighbour')).toEqual(ANSWER);
  held.forEach(({ stop }) => stop());
  await Promise.all(held.map(({ ended }) => ended));
});

test('pauses grow from none to half a minute', () => {
  fc.assert(
    fc.property(fc.nat(2000), (failures) => {
      expect(pauseAfter(failures + 1)).toBeGreaterThanOrEqual(pauseAfter(failures));
      expect(pauseAfter(failures)).toBeLessThanOrEqual(30_000);
    }),
  );
  expect(pauseAfter(1)).toBe(0);
  expect(pauseAfter(2000)).toBe(30_000);
});
