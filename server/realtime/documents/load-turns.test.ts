import { describe, expect, it } from 'vitest';
import { LoadTurns } from './load-turns.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turns of loading', () => {
  it('go round the organisations: a neighbour of somebody with a hundred documents waits for one', async () => {
    const turns = new LoadTurns({ atOnce: 1, waiting: 200 });
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const load = async (org: string): Promise<void> => {
      const end = await turns.take(org);
      if (!end) throw new Error('a turn');
      order.push(org);
      ends.push(end);
    };
    for (let i = 0; i < 100; i += 1) void load('many');
    void load('neighbour');
    for (let done = 0; done < 101; done += 1) {
      await settled();
      expect(ends).toHaveLength(done + 1);
      ends[done]?.();
      ends[done]?.();
    }
    expect(order.slice(0, 4)).toEqual(['many', 'many', 'neighbour', 'many']);
    expect(order).toHaveLength(101);
  });

  it('refuse what is more than may wait, of that organisation alone', async () => {
    const turns = new LoadTurns({ atOnce: 1, waiting: 2 });
    await turns.take('a');
    const waiting = [turns.take('a'), turns.take('a')];
    expect(await turns.take('a')).toBeNull();
    const other = turns.take('b');
    await settled();
    expect(waiting).toHaveLength(2);
    expect(other).toBeInstanceOf(Promise);
  });
});
