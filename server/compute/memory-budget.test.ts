import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryBudget } from './memory-budget.ts';

const never = new AbortController().signal;

test('whatever is asked for in whatever order, no more than all is held, and everybody has their turn', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ owner: fc.constantFrom('a', 'b', 'c'), bytes: fc.integer({ min: 0, max: 100 }) }), {
        minLength: 1,
        maxLength: 40,
      }),
      fc.infiniteStream(fc.nat()),
      async (asked, luck) => {
        const budget = new MemoryBudget(100);
        let held = 0;
        const running: (() => void)[] = [];
        const began = asked.map(async ({ owner, bytes }) => {
          const release = await budget.take(owner, bytes, never);
          if (!release) throw new Error('it fits');
          held += bytes;
          expect(held).toBeLessThanOrEqual(100);
          running.push(() => {
            held -= bytes;
            release();
            release();
          });
        });
        let done = 0;
        for (const one of began) void one.then(() => (done += 1));
        while (done < asked.length || running.length > 0) {
          await Promise.resolve();
          const [end] = running.length > 0 ? running.splice(luck.next().value % running.length, 1) : [];
          end?.();
        }
        await Promise.all(began);
      },
    ),
  );
});

test('one organisation that holds all of it lets the next have the room that comes free, and small ones do not starve a large one', async () => {
  const budget = new MemoryBudget(100);
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (owner: string, bytes: number): void =>
    void budget.take(owner, bytes, never).then((release) => (order.push(owner), ends.push(() => release?.())));
  for (let i = 0; i < 8; i += 1) ask('greedy', 50);
  ask('neighbour', 50);
  ask('large', 100);
  for (let i = 0; i < 20; i += 1) ask(`small ${i}`, 50);
  while (order.length < 30) {
    await new Promise(setImmediate);
    ends.shift()?.();
  }
  expect(order.slice(0, 2)).toEqual(['greedy', 'greedy']);
  expect(order.indexOf('neighbour')).toBeLessThanOrEqual(3);
  expect(order.indexOf('large')).toBeLessThanOrEqual(18);
});

test('what never fits and what is cancelled while it waits get nothing and leave nothing behind', async () => {
  const budget = new MemoryBudget(100);
  expect(await budget.take('a', 101, never)).toBeNull();
  const release = budget.tryTake('a', 100);
  expect(budget.tryTake('b', 1)).toBeNull();
  const cancel = new AbortController();
  const waits = budget.take('b', 1, cancel.signal);
  cancel.abort();
  expect(await waits).toBeNull();
  release?.();
  expect(budget.tryTake('b', 100)).not.toBeNull();
});
