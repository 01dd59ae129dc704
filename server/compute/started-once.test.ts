import { expect, it } from 'vitest';
import { startedOnce } from './started-once.ts';

it('is started once for all who need it at the same time, and again after a start that failed', async () => {
  let starts = 0;
  const thing = startedOnce(async () => {
    starts += 1;
    if (starts === 1) throw new Error('no memory');
    return starts;
  });
  expect(thing.started()).toBeNull();
  const first = [thing.get(), thing.get()];
  expect((await Promise.allSettled(first)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await Promise.all([thing.get(), thing.get()])).toEqual([2, 2]);
  expect(await thing.started()).toBe(2);
});
