import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { describe, expect, it, vi } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import type { AppRouter, LiveEvent } from '#trpc/types.ts';
import { createEventReceiver } from './receive-event.ts';

const id = '11111111-1111-4111-8111-111111111111';
const botId = idOf('bot', id);
const run = (status: 'queued' | 'running' | 'succeeded', progress = 0) => ({
  formulaId: idOf('formula', id),
  status,
  progress,
  backtestId: idOf('backtest', id),
});

const signalAt = (emittedAt: number): LiveEvent => ({
  kind: 'signal.emitted',
  payload: {
    signal: {
      id: idOf('signal', crypto.randomUUID()),
      botId,
      botName: 'Bot',
      versionId: idOf('version', id),
      versionNumber: 1,
      symbol: 'X',
      timeframe: '1d',
      barTime: 0,
      nodeId: 'n',
      ordinal: 0,
      kind: 'info',
      price: 1,
      note: null,
      reason: null,
      emittedAt,
    },
  },
});

/** A tab that receives events, with its query of one backtest: `answer` gives each answer of the server by hand. */
function openTab() {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false } } });
  const noLink: TRPCLink<AppRouter> = () => () => {
    throw new Error('Nothing is asked of a server here.');
  };
  const trpc = createTRPCOptionsProxy<AppRouter>({
    client: createTRPCClient<AppRouter>({ links: [noLink] }),
    queryClient,
  });
  const { queryKey } = trpc.backtest.get.queryOptions({ id });
  const asked: ((status: string, progress?: number) => void)[] = [];
  const ask = () =>
    new Promise<{ id: string; status: string; progress: number }>((resolve) =>
      asked.push((status, progress = 0) => resolve({ id, status, progress })),
    );
  const observer = new QueryObserver(queryClient, { queryKey: [...queryKey], queryFn: ask });
  observer.subscribe(() => undefined);
  return {
    openBots: (rows: readonly object[]) => {
      let asked = 0;
      const bots = trpc.bot.list.queryKey();
      queryClient.setQueryData<unknown>(bots, rows);
      new QueryObserver(queryClient, { queryKey: [...bots], queryFn: () => ((asked += 1), rows) }).subscribe(
        () => undefined,
      );
      return { rows: () => queryClient.getQueryData<unknown>(bots), asked: () => asked };
    },
    /** The list of bots on its way: the test answers. */
    askForBots: () => {
      const bots = trpc.bot.list.queryKey();
      const answers: ((rows: readonly object[]) => void)[] = [];
      const queryFn = () => new Promise<readonly object[]>((resolve) => answers.push(resolve));
      new QueryObserver(queryClient, { queryKey: [...bots], queryFn }).subscribe(() => undefined);
      return { answers, rows: () => queryClient.getQueryData<unknown>(bots) };
    },
    receive: createEventReceiver({ trpc, queryClient }),
    asked,
    status: () => observer.getCurrentResult().data?.status,
    progress: () => observer.getCurrentResult().data?.progress,
  };
}

describe('what happens in the organisation', () => {
  it('is seen, though the first answer about the run was made before it ended and came after', async () => {
    const tab = openTab();
    expect(tab.asked).toHaveLength(1);
    tab.receive({ kind: 'backtest.finished', payload: run('succeeded', 1) });
    tab.asked[0]?.('running');
    await vi.waitFor(() => expect(tab.asked).toHaveLength(2));
    tab.asked[1]?.('succeeded');
    await vi.waitFor(() => expect(tab.status()).toBe('succeeded'));
  });

  it('is asked for anew while an earlier answer is on its way', async () => {
    const tab = openTab();
    tab.asked[0]?.('queued');
    await vi.waitFor(() => expect(tab.status()).toBe('queued'));
    tab.receive({ kind: 'backtest.queued', payload: run('queued') });
    tab.receive({ kind: 'backtest.finished', payload: run('succeeded', 1) });
    await vi.waitFor(() => expect(tab.asked).toHaveLength(3));
    tab.asked[2]?.('succeeded');
    tab.asked[1]?.('running');
    await vi.waitFor(() => expect(tab.status()).toBe('succeeded'));
  });

  it('does not take a run back that has ended, when events come late', async () => {
    const tab = openTab();
    tab.asked[0]?.('succeeded');
    await vi.waitFor(() => expect(tab.status()).toBe('succeeded'));
    tab.receive({ kind: 'backtest.progress', payload: run('running', 0.5) });
    expect(tab.status()).toBe('succeeded');
    expect(tab.asked).toHaveLength(1);
  });

  it('counts a signal in the list of bots without asking for the list again', async () => {
    const tab = openTab();
    const bots = tab.openBots([{ id, name: 'Bot', signalCount: 2, lastSignalAt: 5 }]);
    tab.receive(signalAt(6));
    tab.receive(signalAt(6));
    expect(bots.rows()).toEqual([{ id, name: 'Bot', signalCount: 4, lastSignalAt: 6 }]);
    tab.receive(signalAt(5));
    expect(bots.rows()).toEqual([{ id, name: 'Bot', signalCount: 4, lastSignalAt: 6 }]);
    expect(bots.asked()).toBe(0);
  });

  it('moves the progress of a run that goes on', async () => {
    const tab = openTab();
    tab.asked[0]?.('queued');
    await vi.waitFor(() => expect(tab.status()).toBe('queued'));
    tab.receive({ kind: 'backtest.progress', payload: run('running', 0.5) });
    expect(tab.status()).toBe('running');
  });

  it.each([
    ['before', 0, 0.5],
    ['behind', 0.7, 0.7],
  ])('moves the progress of a run whose answer was on its way, made %s the event', async (_, known, shown) => {
    const tab = openTab();
    tab.receive({ kind: 'backtest.progress', payload: run('running', 0.5) });
    tab.asked[0]?.(known === 0 ? 'queued' : 'running', known);
    await vi.waitFor(() => expect(tab.status()).toBe('running'));
    expect(tab.progress()).toBe(shown);
    expect(tab.asked).toHaveLength(1);
  });

  it.each([
    ['before both', { signalCount: 2, lastSignalAt: 5 }],
    ['between', { signalCount: 4, lastSignalAt: 6 }],
    ['behind both', { signalCount: 5, lastSignalAt: 7 }],
  ])('counts signals once in an answer about bots that was on its way, made %s', async (_, known) => {
    const tab = openTab();
    const bots = tab.askForBots();
    for (const at of [6, 6, 7]) tab.receive(signalAt(at));
    bots.answers[0]?.([{ id, name: 'Bot', ...known }]);
    await vi.waitFor(() => expect(bots.rows()).toEqual([{ id, name: 'Bot', signalCount: 5, lastSignalAt: 7 }]));
    expect(bots.answers).toHaveLength(1);
  });

  it('counts signals once, though the list that was asked for again has those that were counted meanwhile', async () => {
    const tab = openTab();
    const bots = tab.askForBots();
    bots.answers[0]?.([{ id, name: 'Bot', signalCount: 2, lastSignalAt: 5 }]);
    await vi.waitFor(() => expect(bots.rows()).toBeDefined());
    tab.receive({ kind: 'bot.changed', payload: { botId, status: 'running' } });
    await vi.waitFor(() => expect(bots.answers).toHaveLength(2));
    tab.receive(signalAt(6));
    tab.receive(signalAt(6));
    bots.answers[1]?.([{ id, name: 'New name', signalCount: 4, lastSignalAt: 6 }]);
    await vi.waitFor(() => expect(bots.rows()).toEqual([{ id, name: 'New name', signalCount: 4, lastSignalAt: 6 }]));
  });
});
