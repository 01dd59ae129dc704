import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { FairTurns, flagsOf } from './fair-turns.ts';

interface Job {
  readonly org: string;
  readonly flags: string[];
}

test('whatever is queued, an organisation with one job has it begun within a round, and none holds more than its slots', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 4 }),
      async (queued, aRound) => {
        const turns = new FairTurns({ ofOne: 3, aRound });
        const queue: Job[] = queued.flatMap((count, org) =>
          Array.from({ length: count }, () => ({
            org: String(org),
            flags: flagsOf(idOf('organisation', String(org)), false),
          })),
        );
        queue.push({ org: 'neighbour', flags: flagsOf(idOf('organisation', 'neighbour'), false) });
        const running: Job[] = [];
        let looks = 0;
        while (!running.some(({ org }) => org === 'neighbour')) {
          looks += 1;
          const forbidden = await turns.look();
          const job = queue.find(({ flags }) => !flags.some((flag) => forbidden.includes(flag)));
          turns.found(job ? job.flags : null);
          if (job) running.push(...queue.splice(queue.indexOf(job), 1));
          for (const [org] of queued.entries())
            expect(running.filter((one) => one.org === String(org)).length).toBeLessThanOrEqual(3);
          // One ends at each look.
          const first = running.findIndex(({ org }) => org !== 'neighbour');
          if (running.length > 6 && first >= 0) for (const ended of running.splice(first, 1)) turns.ended(ended.flags);
        }
        expect(looks).toBeLessThanOrEqual(queued.length * aRound + 1);
      },
    ),
  );
});

test('long jobs leave slots for others, and of one organisation a single one runs', async () => {
  const turns = new FairTurns({ ofOne: 4, long: 2, aRound: 1 });
  turns.found(flagsOf(idOf('organisation', 'a'), true));
  expect(turns.forbidden()).toContain('long:a');
  turns.found(flagsOf(idOf('organisation', 'b'), true));
  expect(turns.forbidden()).toContain('long');
  turns.ended(flagsOf(idOf('organisation', 'a'), true));
  expect(turns.forbidden()).not.toContain('long');
});

test('a stream of short jobs that never ends does not starve a long one, and costs a look now and then where none waits', async () => {
  const turns = new FairTurns({ ofOne: 4, long: 2, aRound: 1 });
  const run = async (isLongWaiting: boolean) => {
    const forbidden = await turns.look();
    // As the database gives them out: the short ones first, of ever new organisations.
    const short = flagsOf(idOf('organisation', crypto.randomUUID()), false);
    const job =
      [short, ...(isLongWaiting ? [flagsOf(idOf('organisation', 'patient'), true)] : [])].find(
        (flags) => !flags.some((flag) => forbidden.includes(flag)),
      ) ?? null;
    const again = turns.found(job);
    if (job) turns.ended(job);
    else expect(again).toBe(true);
    return job;
  };
  let looks = 1;
  while ((await run(true))?.includes('long') !== true) looks += 1;
  expect(looks).toBeLessThanOrEqual(10);
  let empty = 0;
  for (let look = 0; look < 90; look += 1) if ((await run(false)) === null) empty += 1;
  expect(empty).toBeLessThanOrEqual(10);
});
