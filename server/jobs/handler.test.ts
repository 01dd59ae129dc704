import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { JobContext } from './handler.ts';
import { registerJob } from './handler.ts';
import { JOBS } from './registry.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('every job has a limit of its time', () => {
  expect(JOBS.filter(({ definition: { mostTime } }) => !(mostTime >= 1_000 && mostTime <= 86_400_000))).toEqual([]);
});

it('a job that does not end is told to stop, fails in words, and leaves its slot', async () => {
  const definition = {
    name: 'stuck',
    pool: 'interactive',
    payload: z.object({}),
    attempts: 2,
    mostTime: 5_000,
  } as const;
  const stopping = new AbortController();
  let told: AbortSignal | undefined;
  const job = registerJob(definition, async () => ({
    handler: {
      run: (_payload, context) => {
        told = context.stopping;
        return new Promise<void>(() => undefined);
      },
    },
  }));
  const failed = expect(job.run({}, { stopping: stopping.signal } as JobContext)).rejects.toThrow(
    'the job stuck took longer than 5 seconds',
  );
  await vi.advanceTimersByTimeAsync(4_999);
  expect(told?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await failed;
  expect(told?.aborted).toBe(true);
  expect(stopping.signal.aborted).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});
