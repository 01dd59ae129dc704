import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coalesce } from './coalesce.ts';
import { Places } from './places.ts';
import { Turns } from './turns.ts';

describe('turns', () => {
  it('are never more at once than allowed, come in order, and leave nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 40 }),
        async (most, lengths) => {
          const turns = new Turns(most, 100);
          let [running, mostRunning] = [0, 0];
          const began: number[] = [];
          await Promise.all(
            lengths.map(async (length, index) => {
              const end = await turns.take('one');
              began.push(index);
              running += 1;
              mostRunning = Math.max(mostRunning, running);
              for (let tick = 0; tick < length; tick += 1) await Promise.resolve();
              running -= 1;
              end?.();
              end?.();
            }),
          );
          expect(mostRunning).toBeLessThanOrEqual(most);
          expect(began).toEqual(lengths.map((_, index) => index));
          expect(turns.size).toBe(0);
        },
      ),
    );
  });

  it('are refused when too many wait, and of one key wait for no other', () => {
    const turns = new Turns(1, 1);
    expect(turns.take('a')).toBeTypeOf('function');
    expect(turns.take('a')).toBeInstanceOf(Promise);
    expect(turns.take('a')).toBeNull();
    expect(turns.take('b')).toBeTypeOf('function');
  });
});

describe('places', () => {
  it('are given back once', () => {
    const places = new Places(1);
    const leave = places.enter('a');
    expect(places.enter('a')).toBeNull();
    leave?.();
    leave?.();
    expect(places.enter('a')).not.toBeNull();
    expect(places.enter('a')).toBeNull();
  });
});

describe('work that is shared', () => {
  it('begins after each question, and at most twice for any number at once', async () => {
    let runs = 0;
    const release: (() => void)[] = [];
    const ask = coalesce(async () => {
      runs += 1;
      const run = runs;
      await new Promise<void>((resolve) => release.push(resolve));
      return run;
    });
    const first = ask();
    const later = Array.from({ length: 5_000 }, () => ask());
    release[0]?.();
    expect(await first).toBe(1);
    await Promise.resolve();
    release[1]?.();
    expect(new Set(await Promise.all(later))).toEqual(new Set([2]));
    expect(runs).toBe(2);
  });

  it('goes on after a failure', async () => {
    let fails = true;
    const ask = coalesce(() => (fails ? Promise.reject(new Error('away')) : Promise.resolve('here')));
    const [one, two] = [ask(), ask()];
    fails = false;
    await expect(one).rejects.toThrow('away');
    expect(await two).toBe('here');
  });
});
