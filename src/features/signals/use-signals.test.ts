// @vitest-environment happy-dom
import { notifyManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { createElement } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { TRPCProvider } from '#trpc/client.ts';
import { liveEvents } from '#trpc/live.ts';
import type { AppRouter } from '#trpc/types.ts';
import { mount } from '#ui/testing/mount.ts';
import { useSignals, type SignalRow } from './use-signals.ts';

// So that what is drawn is drawn within the step that caused it.
notifyManager.setScheduler((flush) => flush());

const signal = (n: number, botId = idOf('bot', 'b')): SignalRow => ({
  id: idOf('signal', `s${n}`),
  botId,
  botName: 'Bot',
  versionId: idOf('version', 'v'),
  versionNumber: 1,
  symbol: 'X',
  timeframe: '1d',
  barTime: n,
  nodeId: 'n',
  ordinal: 0,
  kind: 'info',
  price: 1,
  note: null,
  reason: null,
  emittedAt: n,
});

/** The list of signals in a tab; the test answers for the server. */
async function openList(botId?: string) {
  const answers: ((rows: readonly SignalRow[]) => void)[] = [];
  const link: TRPCLink<AppRouter> = () => () =>
    observable((observer) => {
      answers.push((rows) => {
        observer.next({ result: { type: 'data', data: rows } });
        observer.complete();
      });
    });
  let shown: readonly string[] | null = null;
  function List() {
    shown = useSignals(botId).rows?.map(({ id }) => id) ?? null;
    return null;
  }
  const queryClient = new QueryClient({
    defaultOptions: { queries: { staleTime: 30_000, retry: false, gcTime: Infinity } },
  });
  const trpcClient = createTRPCClient<AppRouter>({ links: [link] });
  const page = await mount(
    createElement(QueryClientProvider, {
      client: queryClient,
      children: createElement(TRPCProvider, { trpcClient, queryClient, children: createElement(List) }),
    }),
  );
  const asked = (times: number) => vi.waitFor(() => expect(answers).toHaveLength(times));
  await asked(1);
  return {
    asked,
    answer: (rows: readonly SignalRow[]) => page.renders(() => answers.at(-1)?.(rows)),
    emit: (row: SignalRow) => page.renders(() => liveEvents.emit({ kind: 'signal.emitted', payload: { signal: row } })),
    changeBot: () =>
      page.renders(() =>
        liveEvents.emit({ kind: 'bot.changed', payload: { botId: idOf('bot', 'b'), status: 'running' } }),
      ),
    shows: (rows: readonly string[]) => vi.waitFor(() => expect(shown).toEqual(rows)),
    close: () => page.unmount(),
  };
}

describe('the list of signals', () => {
  it('has a signal that came while its first answer, made before, was on its way', async () => {
    const list = await openList();
    await list.emit(signal(2));
    await list.emit(signal(3));
    await list.answer([signal(2), signal(1)]);
    await list.shows(['s3', 's2', 's1']);
    await list.close();
  });

  it('has a signal that came while it was asked for again', async () => {
    const list = await openList();
    await list.answer([signal(1)]);
    await list.shows(['s1']);
    await list.changeBot();
    await list.asked(2);
    await list.emit(signal(2));
    await list.shows(['s2', 's1']);
    await list.answer([signal(1)]);
    await list.asked(2);
    await list.emit(signal(3));
    await list.shows(['s3', 's2', 's1']);
    await list.close();
  });

  it('is asked for again when a bot changes before the first answer', async () => {
    const list = await openList();
    await list.changeBot();
    await list.answer([signal(1)]);
    await list.asked(2);
    await list.close();
  });

  it('of one bot has no signal of another', async () => {
    const list = await openList('b');
    await list.emit(signal(2, idOf('bot', 'other')));
    await list.emit(signal(3));
    await list.answer([signal(1)]);
    await list.shows(['s3', 's1']);
    await list.close();
  });
});
