import { describe, expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { LoadTurns } from './load-turns.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turns of loading', () => {
  it('go round the organisations: a neighbour of somebody with a hundred documents waits for one', async () => {
    const turns = new LoadTurns({ atOnce: 1, waiting: 200 });
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const load = async (org: string): Promise<void> => {
      const end = await turns.take(idOf('organisation', org), 1);
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
    expect(order.slice(0, 4)).toEqual(['many', 'neighbour', 'many', 'many']);
    expect(order).toHaveLength(101);
  });

  it('give a small document the turn before the large ones of any number of others, again and again', async () => {
    const turns = new LoadTurns({ atOnce: 1, waiting: 200 });
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const load = async (org: string, cost: number): Promise<void> => {
      const end = await turns.take(idOf('organisation', org), cost);
      if (!end) throw new Error('a turn');
      order.push(org);
      ends.push(end);
    };
    for (let org = 0; org < 50; org += 1) for (let i = 0; i < 4; i += 1) void load(`hostile ${org}`, 1_000);
    for (let done = 0; done < 20; done += 1) {
      void load('honest', 10);
      await settled();
      ends.at(-1)?.();
      await settled();
      // What was loading goes on to its end, and no other comes before.
      expect(order.slice(done === 0 ? 1 : 2 * done).includes('honest')).toBe(true);
      ends.at(-1)?.();
      await settled();
    }
    expect(order.filter((org) => org === 'honest')).toHaveLength(20);
  });

  it('refuse what is more than may wait, of that organisation alone', async () => {
    const turns = new LoadTurns({ atOnce: 1, waiting: 2 });
    await turns.take(idOf('organisation', 'a'), 1);
    const waiting = [turns.take(idOf('organisation', 'a'), 1), turns.take(idOf('organisation', 'a'), 1)];
    expect(await turns.take(idOf('organisation', 'a'), 1)).toBeNull();
    const other = turns.take(idOf('organisation', 'b'), 1);
    await settled();
    expect(waiting).toHaveLength(2);
    expect(other).toBeInstanceOf(Promise);
  });
});
