import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ComputeQueue, type Claim } from './compute-queue.ts';

const claimOf = (owner: string, weight = 1): Claim => ({ owner, weight, mostTime: Number.POSITIVE_INFINITY, spent: 0 });
const any = () => true;

test('organisations that always want more get the same time, by their weight, whatever they queue and how long each piece takes', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          queued: fc.integer({ min: 1, max: 30 }),
          takes: fc.integer({ min: 1, max: 50 }),
          weight: fc.integer({ min: 1, max: 4 }),
        }),
        { minLength: 2, maxLength: 6 },
      ),
      (owners) => {
        const queue = new ComputeQueue<number>();
        const claims = owners.map(({ weight }, index) => claimOf(String(index), weight));
        const had = owners.map(() => 0);
        const ask = (index: number): void => queue.push(claims[index] ?? claimOf(''), index);
        owners.forEach(({ queued }, index) => {
          for (let count = 0; count < queued; count += 1) ask(index);
        });
        for (let turn = 0; turn < 400; turn += 1) {
          const index = queue.take(any) ?? -1;
          const takes = owners[index]?.takes ?? 0;
          queue.charge(claims[index] ?? claimOf(''), takes);
          had[index] = (had[index] ?? 0) + takes / (owners[index]?.weight ?? 1);
          ask(index);
        }
        expect(Math.max(...had) - Math.min(...had)).toBeLessThanOrEqual(
          2 * Math.max(...owners.map(({ takes }) => takes)),
        );
      },
    ),
  );
});

test('who comes later goes first once, and does not get what was missed', () => {
  const queue = new ComputeQueue<string>();
  const [a, b] = [claimOf('a'), claimOf('b')];
  for (let turn = 0; turn < 100; turn += 1) {
    queue.push(a, 'a');
    queue.take(any);
    queue.charge(a, 100);
  }
  const order: string[] = [];
  for (let turn = 0; turn < 6; turn += 1) queue.push(a, 'a');
  for (let turn = 0; turn < 6; turn += 1) queue.push(b, 'b');
  for (let turn = 0; turn < 6; turn += 1) {
    const taken = queue.take(any) ?? '';
    queue.charge(taken === 'a' ? a : b, 100);
    order.push(taken);
  }
  expect(order[0]).toBe('b');
  expect(order.filter((owner) => owner === 'a').length).toBeGreaterThanOrEqual(2);
});

test('within one organisation the run goes first that has computed least', () => {
  const queue = new ComputeQueue<string>();
  queue.push({ ...claimOf('a'), spent: 60_000 }, 'sweep');
  queue.push(claimOf('a'), 'backtest');
  expect(queue.take(any)).toBe('backtest');
});
