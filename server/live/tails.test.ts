import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import type { TransientEvent } from './event.ts';
import type { EventRow, Follower } from './follower.ts';
import { KEPT, type EventSource } from './tail.ts';
import { createTails } from './tails.ts';

const ORG = idOf('organisation', 'org');
const turn = () => new Promise((resolve) => setImmediate(resolve));

const progressOf = (id: string, progress: number): TransientEvent => ({
  kind: 'sweep.progress',
  payload: { sweepId: idOf('sweep', id), formulaId: idOf('formula', 'f'), status: 'running', progress },
});

/** A database with one organisation, of which the test says when reads are answered. */
function openDatabase() {
  const stored: EventRow[] = [];
  let reads = 0;
  let held: (() => void)[] | null = null;
  const answer = async <T>(make: () => T): Promise<T> => {
    reads += 1;
    // Before or behind the wait: an answer may be older than the moment at which it comes.
    const made = make();
    if (held) await new Promise<void>((resolve) => held?.push(resolve));
    else await turn();
    return made;
  };
  const source: EventSource = {
    after: (sequence, limit) => answer(() => stored.filter((row) => row.sequence > sequence).slice(0, limit)),
    newest: (limit) => answer(() => ({ last: stored.length, rows: stored.slice(-limit) })),
  };
  return {
    stored,
    tails: createTails(() => source),
    reads: () => reads,
    append: () => {
      stored.push({ sequence: stored.length + 1, kind: 'team.changed', payload: {} });
      return stored.length;
    },
    hold: () => void (held ??= []),
    release: () => {
      const all = held ?? [];
      held = null;
      all.forEach((go) => go());
    },
  };
}

interface Heard {
  readonly from: number;
  readonly sequences: number[];
  readonly stop: AbortController;
  readonly running: Promise<void>;
  /** As a reader that takes nothing while it is set. */
  isSlow: boolean;
}

/** Hears all that is told from `since` on, as `followEvents` does. */
function listen({ tails }: ReturnType<typeof openDatabase>, since: number, userId = 'ada'): Heard {
  const follower = tails.follow(ORG, idOf('user', userId), since);
  const stop = new AbortController();
  const heard: Heard = { from: since, sequences: [], stop, running: run(), isSlow: false };
  async function run(): Promise<void> {
    await turn();
    while (!stop.signal.aborted) {
      const news = await follower.next(stop.signal);
      // The look at the rights takes a moment.
      await turn();
      for (const told of news) {
        while (heard.isSlow && !stop.signal.aborted) await turn();
        if (follower.mustLook || stop.signal.aborted) break;
        follower.took(told);
        if (told.type === 'missed') throw new Error('nothing was pruned');
        if (told.type === 'stored') heard.sequences.push(told.sequence);
      }
    }
    tails.unfollow(follower);
  }
  return heard;
}

const upTo = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + 1 + index);

it('each follower hears its events once and in order, whoever comes and goes, reads slowly, or is not woken', async () => {
  const steps = fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ do: fc.constant('happen' as const), count: fc.integer({ min: 1, max: 3 }) }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('happen' as const), count: fc.constant(KEPT + 7) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('announce' as const) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('come' as const), back: fc.nat({ max: 2 * KEPT }) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), who: fc.nat({ max: 5 }) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('dawdle' as const), who: fc.nat({ max: 5 }) }) },
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constantFrom('wait' as const, 'look' as const, 'poll' as const, 'hold' as const, 'release' as const),
        }),
      },
    ),
    { maxLength: 40, size: 'max' },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const database = openDatabase();
      const { tails, stored } = database;
      const all: Heard[] = [];
      const poll = () => void tails.compare(tails.known(), new Map([[ORG, stored.length]]));
      for (const step of plan) {
        switch (step.do) {
          case 'happen':
            for (let count = 0; count < step.count; count += 1) database.append();
            break;
          // Events that are not followed by this step before the end have lost their announcement.
          case 'announce':
            tails.announce(ORG, stored.length);
            break;
          case 'come':
            all.push(listen(database, Math.max(0, stored.length - step.back)));
            break;
          case 'leave':
            all.splice(step.who, 1).forEach(({ stop }) => stop.abort());
            break;
          case 'dawdle': {
            const one = all[step.who];
            if (one) one.isSlow = !one.isSlow;
            break;
          }
          case 'look':
            tails.lookAt(idOf('user', 'ada'));
            break;
          case 'poll':
            poll();
            break;
          case 'hold':
            database.hold();
            break;
          case 'release':
            database.release();
            break;
          case 'wait':
            await turn();
        }
      }
      database.release();
      for (const one of all) one.isSlow = false;
      for (let round = 0; round < 50; round += 1) {
        await turn();
        if (round === 10) poll();
      }
      for (const { from, sequences } of all) expect(sequences).toEqual(upTo(from, stored.length));
      for (const { stop } of all) stop.abort();
      await Promise.all(all.map(({ running }) => running));
      await turn();
      expect(tails.known().size).toBe(0);
    }),
    { numRuns: 100 },
  );
});

it('one event is read once, however many follow, and whatever was read already is not read again', async () => {
  const database = openDatabase();
  const all = Array.from({ length: 200 }, () => listen(database, 0));
  for (let round = 0; round < 5; round += 1) await turn();
  expect(database.reads()).toBe(1);
  const before = database.reads();
  const [first, second] = [database.append(), database.append()];
  database.tails.announce(ORG, first);
  database.tails.announce(ORG, second);
  for (let round = 0; round < 10; round += 1) await turn();
  expect(database.reads() - before).toBe(1);
  for (const { sequences } of all) expect(sequences).toEqual([1, 2]);
  for (const { stop } of all) stop.abort();
});

it('those who come back are served from memory, as long as they were away for little', async () => {
  const database = openDatabase();
  for (let count = 0; count < KEPT + 100; count += 1) database.append();
  const first = listen(database, KEPT + 100);
  for (let round = 0; round < 5; round += 1) await turn();
  const before = database.reads();
  const near = Array.from({ length: 50 }, () => listen(database, 110));
  for (let round = 0; round < 5; round += 1) await turn();
  expect(database.reads() - before).toBe(0);
  const far = listen(database, 0);
  for (let round = 0; round < 10; round += 1) await turn();
  expect(database.reads() - before).toBe(1);
  for (const one of near) expect(one.sequences).toEqual(upTo(110, KEPT + 100));
  expect(far.sequences).toEqual(upTo(0, KEPT + 100));
  for (const { stop } of [first, far, ...near]) stop.abort();
});

it('a follower who reads nothing keeps progress of few things, and of each the last', async () => {
  const { tails } = openDatabase();
  const follower: Follower = tails.follow(ORG, idOf('user', 'ada'), 0);
  for (let run = 0; run < 1_000; run += 1)
    for (const progress of [0.1, 0.2]) tails.tell(ORG, progressOf(`run ${run}`, progress));
  const news = await follower.next(new AbortController().signal);
  expect(news).toHaveLength(100);
  expect(news.at(-1)).toMatchObject({ event: progressOf('run 999', 0.2) });
  tails.unfollow(follower);
});

it('an announcement on its way is no loss; the same event unannounced at the next comparison is, once', async () => {
  const { tails, append } = openDatabase();
  const follower = tails.follow(ORG, idOf('user', 'ada'), 0);
  await follower.next(new AbortController().signal);
  const compare = (stored: number) => {
    const known = tails.known();
    return tails.compare(known, new Map([[ORG, stored]]));
  };
  expect(compare(0)).toBe(false);
  append();
  expect(compare(1)).toBe(false);
  tails.announce(ORG, 1);
  expect(compare(1)).toBe(false);
  append();
  expect([compare(2), compare(2), compare(2)]).toEqual([false, true, false]);
  append();
  tails.readOn();
  // The connection is a new one: what was committed before is not announced on it.
  expect([compare(3), compare(3)]).toEqual([false, false]);
  tails.unfollow(follower);
});
