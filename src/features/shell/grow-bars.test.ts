import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { expect, test, vi } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import type { AppRouter, Outputs } from '#trpc/types.ts';
import { createEventReceiver } from './receive-event.ts';

type Lists = Outputs['market']['bars'];

const ID = idOf('market', '11111111-1111-4111-8111-111111111111');
const OTHER = '22222222-2222-4222-8222-222222222222';

const lists = (times: readonly number[]): Lists => {
  const of = (value: number): number[] => times.map((time) => time + value);
  return {
    time: of(0),
    open: of(1),
    high: of(3),
    low: of(0),
    close: of(2),
    volume: of(0),
    reducedBy: 1,
    barsPerYear: null,
  };
};

/** A tab with answers about bars, and a server that has the bars of the times 0 to 9. */
function openTab() {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  const asked: unknown[] = [];
  const link: TRPCLink<AppRouter> = () => (operation) =>
    observable((observer) => {
      const input = operation.op.input as { from?: number };
      asked.push(input);
      const { from = 0 } = input;
      observer.next({
        result: { type: 'data', data: lists([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter((time) => time >= from)) },
      });
      observer.complete();
    });
  const trpc = createTRPCOptionsProxy<AppRouter>({
    client: createTRPCClient<AppRouter>({ links: [link] }),
    queryClient,
  });
  const keep = (input: Parameters<typeof trpc.market.bars.queryKey>[0], times: readonly number[]) => {
    const key = trpc.market.bars.queryKey(input);
    queryClient.setQueryData(key, lists(times));
    return {
      times: () => queryClient.getQueryData(key)?.time,
      isStale: () => queryClient.getQueryState(key)?.isInvalidated,
    };
  };
  return { keep, asked, receive: createEventReceiver({ trpc, queryClient }) };
}

test('the newest bars get those that have come behind them, and are not loaded again', async () => {
  const tab = openTab();
  const preview = tab.keep({ id: ID, last: 5, maxPoints: 5 }, [1, 2, 3, 4, 5]);
  const range = tab.keep({ id: ID, from: 1, to: 4, maxPoints: 5 }, [1, 2, 3, 4]);
  const open = tab.keep({ id: ID, from: 1, maxPoints: 5 }, [1, 2, 3, 4, 5]);
  const other = tab.keep({ id: OTHER, last: 5, maxPoints: 5 }, [1, 2]);
  const appended = {
    kind: 'market.changed',
    payload: { marketId: ID, change: { kind: 'appended', from: 6, to: 7 } },
  } as const;
  tab.receive(appended);
  tab.receive(appended);
  await vi.waitFor(() => expect(preview.times()).toEqual([5, 6, 7, 8, 9]));
  expect(tab.asked).toEqual(expect.arrayContaining([{ id: ID, from: 6, maxPoints: 5 }]));
  expect(tab.asked).not.toContainEqual(expect.objectContaining({ last: 5 }));
  expect([preview, range, open, other].map(({ isStale }) => isStale())).toEqual([false, false, true, false]);
  expect(other.times()).toEqual([1, 2]);
});

test('bars are asked for again where a correction falls into them', () => {
  const tab = openTab();
  const preview = tab.keep({ id: ID, last: 5, maxPoints: 5 }, [1, 2, 3, 4, 5]);
  const before = tab.keep({ id: ID, from: 1, to: 2, maxPoints: 5 }, [1, 2]);
  const within = tab.keep({ id: ID, from: 1, to: 3, maxPoints: 5 }, [1, 2, 3]);
  tab.receive({ kind: 'market.changed', payload: { marketId: ID, change: { kind: 'corrected', from: 3, to: 3 } } });
  expect([preview, before, within].map(({ isStale }) => isStale())).toEqual([true, false, true]);
});
