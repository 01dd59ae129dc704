import { globSync, readFileSync } from 'node:fs';
import { QueryClient, QueryObserver, type DataTag, type QueryKey } from '@tanstack/react-query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventCachesOf } from './event-caches.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));
type Key = DataTag<QueryKey, readonly number[]>;
const key = ['numbers'] as unknown as Key;

/** A tab with one list; the test answers for the server. */
function openTab() {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false } } });
  const asked: { answer: (list: readonly number[]) => void; fail: () => void }[] = [];
  const ask = () =>
    new Promise<readonly number[]>((resolve, reject) =>
      asked.push({ answer: resolve, fail: () => reject(new Error('away')) }),
    );
  const observer = new QueryObserver(queryClient, { queryKey: [...key], queryFn: ask });
  const leave = observer.subscribe(() => undefined);
  const { patch, stale } = eventCachesOf(queryClient);
  const add = (event: number) =>
    patch(key, (list) => (list.includes(event) ? list : [...list, event].toSorted((a, b) => a - b)));
  return { queryClient, asked, add, stale, leave, shown: () => queryClient.getQueryData<readonly number[]>(key) };
}

describe('events that come into the cache', () => {
  it('are seen once each, whenever answers are made, come, fail or are asked for again', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant('happen' as const) }),
        fc.record({ do: fc.constant('tell' as const) }),
        fc.record({ do: fc.constant('read' as const) }),
        fc.record({ do: fc.constantFrom('answer' as const, 'fail' as const, 'stale' as const) }),
      ),
      { maxLength: 30, size: 'max' },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const tab = openTab();
        const stored: number[] = [];
        let told = 0;
        // What the server has read for the request that is on its way.
        const made = new Map<object, readonly number[]>();
        const answer = async (request: (typeof tab.asked)[number] | undefined) => {
          request?.answer(made.get(request) ?? [...stored]);
          await settle();
        };
        for (const step of plan) {
          const request = tab.asked.at(-1);
          if (step.do === 'happen') stored.push(stored.length);
          if (step.do === 'tell' && told < stored.length) tab.add(told++);
          if (step.do === 'read' && request && !made.has(request)) made.set(request, [...stored]);
          if (step.do === 'answer') await answer(request);
          if (step.do === 'fail') request?.fail();
          if (step.do === 'stale') tab.stale({ queryKey: key });
          await settle();
        }
        while (told < stored.length) tab.add(told++);
        if (tab.shown() === undefined) tab.stale({ queryKey: key });
        for (let round = 0; round < 5; round += 1) {
          await settle();
          await answer(tab.asked.at(-1));
        }
        expect(tab.shown()).toEqual(stored);
        tab.leave();
        tab.queryClient.clear();
      }),
      { numRuns: 150 },
    );
  });

  it('do not make fresh what was to be asked for again', async () => {
    const tab = openTab();
    tab.asked[0]?.answer([0]);
    await settle();
    tab.leave();
    tab.stale({ queryKey: key });
    tab.add(1);
    expect(tab.shown()).toEqual([0, 1]);
    expect(tab.queryClient.getQueryState(key)?.isInvalidated).toBe(true);
  });

  it('leave an answer stale that nobody looks at, when the answer was on its way', async () => {
    const tab = openTab();
    tab.asked[0]?.answer([0]);
    await settle();
    tab.stale({ queryKey: key });
    tab.leave();
    tab.stale({ queryKey: key });
    tab.asked[1]?.answer([0]);
    await settle();
    await settle();
    expect(tab.queryClient.getQueryState(key)?.isInvalidated).toBe(true);
  });

  it('are asked for, when there are more of them than are kept', async () => {
    const tab = openTab();
    for (let event = 0; event < 2_000; event += 1) tab.add(event);
    tab.asked[0]?.answer([]);
    await settle();
    expect(tab.asked).toHaveLength(2);
  });

  it('come in by no other way', () => {
    const others = globSync('src/**/*.{ts,tsx}').filter((file) => {
      if (/\.test\.tsx?$/.test(file)) return false;
      const text = readFileSync(file, 'utf8');
      return text.includes("'#trpc/live.ts'") && /setQuer(y|ies)Data|invalidateQueries|refetchQueries/.test(text);
    });
    expect(others).toEqual([]);
  });
});
