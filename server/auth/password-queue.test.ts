import { describe, expect, it } from 'vitest';
import { PasswordQueue } from './password-queue.ts';

const bounds = { atOnce: 2, waiting: 20, waitingPerShare: 6, waitingPerAccount: 6, longestWaitMs: 10_000 };

/** Work that ends when it is told to, one piece after another. */
function counter() {
  const done: string[] = [];
  const open: (() => void)[] = [];
  return {
    done,
    work: (name: string) => () =>
      new Promise<void>((resolve) =>
        open.push(() => {
          done.push(name);
          resolve();
        }),
      ),
    async finish(): Promise<void> {
      await new Promise((resolve) => setImmediate(resolve));
      for (let end = open.shift(); end; end = open.shift()) {
        end();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

describe('PasswordQueue', () => {
  it('lets somebody who comes now and then go before whoever sends much', async () => {
    const queue = new PasswordQueue(bounds);
    const { done, work, finish } = counter();
    const flood = Array.from({ length: 8 }, () => queue.run({ share: 'flood', account: 'a' }, work('flood')));
    const honest = queue.run({ share: 'honest', account: 'b' }, work('honest'));
    await finish();
    await Promise.all([...flood, honest]);
    // Two were under way already.
    expect(done.indexOf('honest')).toBe(2);
  });

  it('has a place for a newcomer when many shares have filled it', async () => {
    const queue = new PasswordQueue(bounds);
    const { done, work, finish } = counter();
    const flood = Array.from({ length: 40 }, (_, index) =>
      queue.run({ share: `flood ${index % 7}`, account: 'a' }, work('flood')),
    );
    const settled = Promise.allSettled(flood);
    const honest = queue.run({ share: 'honest', account: 'b' }, work('honest'));
    await finish();
    await honest;
    expect((await settled).filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    expect(done.filter((name) => name === 'honest')).toHaveLength(1);
    // Behind the two under way and one of each other share at the most.
    expect(done.indexOf('honest')).toBeLessThanOrEqual(9);
  });

  it('refuses more of one share than its places, with words', async () => {
    const queue = new PasswordQueue(bounds);
    const { work, finish } = counter();
    const outcomes = Promise.allSettled(
      Array.from({ length: 20 }, () => queue.run({ share: 'one', account: 'a' }, work('one'))),
    );
    await finish();
    const refused = (await outcomes).filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(12);
    expect(refused[0]?.reason).toMatchObject({ code: 'RATE_LIMITED', message: /Try again/ });
  });

  it('refuses who waits too long', async () => {
    const queue = new PasswordQueue({ ...bounds, atOnce: 1, longestWaitMs: 1 });
    const { work, finish } = counter();
    const first = queue.run({ share: 'a', account: 'a' }, work('first'));
    await expect(queue.run({ share: 'b', account: 'b' }, work('second'))).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
    await finish();
    await first;
  });
});
