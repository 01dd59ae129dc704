import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairConnections } from './fair-connections.ts';

/** Work that ends when it is told to. */
function openWork(connections: FairConnections) {
  const held: Record<string, (() => void)[]> = {};
  return {
    held: (owner: string): number => held[owner]?.length ?? 0,
    all: (): number => Object.values(held).reduce((sum, { length }) => sum + length, 0),
    ask: (owner: string): Promise<void> =>
      connections.use(owner, () => new Promise((end) => (held[owner] ??= []).push(end))),
    end: async (owner: string): Promise<void> => {
      held[owner]?.shift()?.();
      await setImmediate();
    },
  };
}

describe('connections', () => {
  it('of a single organisation leave some for whoever comes', async () => {
    const work = openWork(new FairConnections(10));
    for (let ask = 0; ask < 30; ask += 1) void work.ask('flood');
    await setImmediate();
    expect(work.held('flood')).toBe(7);
    void work.ask('neighbour');
    await setImmediate();
    expect(work.held('neighbour')).toBe(1);
  });

  it('are taken by whoever has the fewest, before an organisation that asked earlier', async () => {
    const work = openWork(new FairConnections(2));
    for (let ask = 0; ask < 5; ask += 1) void work.ask('flood');
    await setImmediate();
    expect(work.held('flood')).toBe(2);
    void work.ask('neighbour');
    await setImmediate();
    await work.end('flood');
    expect([work.held('flood'), work.held('neighbour')]).toEqual([1, 1]);
  });

  it('are given back by work that fails', async () => {
    const connections = new FairConnections(1);
    await expect(connections.use('one', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await connections.use('two', () => Promise.resolve('done'))).toBe('done');
  });

  it('never are more than there are, and all who ask have their turn', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.boolean()), { maxLength: 60 }),
        async (most, steps) => {
          const work = openWork(new FairConnections(most));
          const asked: Promise<void>[] = [];
          for (const [owner, isEnd] of steps) {
            if (isEnd) await work.end(owner);
            else asked.push(work.ask(owner));
            await setImmediate();
            expect(work.all()).toBeLessThanOrEqual(most);
          }
          while (work.all() > 0) for (const owner of ['a', 'b', 'c', 'd']) await work.end(owner);
          await Promise.all(asked);
        },
      ),
      { numRuns: 50 },
    );
  });
});
