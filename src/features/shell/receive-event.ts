import type { Query, QueryClient, QueryFilters } from '@tanstack/react-query';
import type { useTRPC } from '#trpc/client.ts';
import { liveEvents } from '#trpc/live.ts';
import type { LiveEvent } from '#trpc/types.ts';
import { createSignalCounter } from './count-signals.ts';

interface Caches {
  readonly trpc: ReturnType<typeof useTRPC>;
  readonly queryClient: QueryClient;
}

/** Puts an event where it shows: into a cache when it carries the data, else by asking again for what it touched. */
export function createEventReceiver({ trpc, queryClient }: Caches): (event: LiveEvent) => void {
  const stale = (filter: QueryFilters): void => {
    const first = queryClient.getQueryCache().findAll({ ...filter, predicate: isFirstFetch });
    void queryClient.invalidateQueries(filter);
    // The library goes on with a query's first fetch when the query becomes stale. The answer may have been made before the event: ask again after it.
    for (const { promise, queryKey } of first)
      void promise?.catch(() => null).then(() => queryClient.invalidateQueries({ queryKey, exact: true }));
  };
  const countSignal = createSignalCounter();
  return (event) => {
    liveEvents.emit(event);
    switch (event.kind) {
      case 'backtest.progress': {
        const { backtestId, status, progress } = event.payload;
        queryClient.setQueryData(
          trpc.backtest.get.queryKey({ id: backtestId }),
          (row) => row && advanced(row, { status, progress }),
        );
        queryClient.setQueriesData(trpc.backtest.list.queryFilter(), (rows: unknown) =>
          withProgress(rows, backtestId, { status, progress }),
        );
        return;
      }
      case 'backtest.queued':
      case 'backtest.finished':
        stale(trpc.backtest.get.queryFilter({ id: event.payload.backtestId }));
        stale(trpc.backtest.list.queryFilter());
        stale(trpc.formula.list.queryFilter());
        return;
      case 'sweep.progress': {
        const { sweepId, status, progress } = event.payload;
        queryClient.setQueryData(
          trpc.sweep.get.queryKey({ id: sweepId }),
          (row) => row && advanced(row, { status, progress }),
        );
        queryClient.setQueriesData(trpc.sweep.list.queryFilter(), (rows: unknown) =>
          withProgress(rows, sweepId, { status, progress }),
        );
        return;
      }
      case 'sweep.queued':
      case 'sweep.finished':
        stale(trpc.sweep.get.queryFilter({ id: event.payload.sweepId }));
        stale(trpc.sweep.list.queryFilter());
        return;
      case 'signal.emitted': {
        // An answer on its way may have been made before the signal.
        if (queryClient.isFetching(trpc.bot.list.queryFilter()) > 0) return stale(trpc.bot.list.queryFilter());
        const { botId, emittedAt } = event.payload.signal;
        queryClient.setQueryData(trpc.bot.list.queryKey(), (bots) =>
          bots?.map((bot) => (bot.id === botId ? countSignal(bot, emittedAt) : bot)),
        );
        return;
      }
      case 'bot.changed':
        stale(trpc.bot.pathFilter());
        return;
      case 'version.created':
        stale(trpc.version.list.queryFilter({ formulaId: event.payload.formulaId }));
        stale(trpc.formula.list.queryFilter());
        return;
      case 'formula.changed':
        stale(trpc.formula.list.queryFilter());
        stale(trpc.formula.get.queryFilter({ id: event.payload.formulaId }));
        stale(trpc.document.damage.queryFilter({ formulaId: event.payload.formulaId }));
        return;
      case 'comment.changed':
        stale(trpc.comment.list.queryFilter({ formulaId: event.payload.formulaId }));
        return;
      case 'notification.changed':
        stale(trpc.notification.pathFilter());
        return;
      case 'market.changed':
        stale(trpc.market.pathFilter());
        return;
      case 'market.import':
        return;
      case 'team.changed':
        stale(trpc.team.pathFilter());
        stale(trpc.session.me.queryFilter());
        return;
      default:
        // A kind of event without a case does not compile.
        event satisfies never;
    }
  };
}

const isFirstFetch = ({ state }: Query): boolean => state.fetchStatus === 'fetching' && state.data === undefined;

interface Progress {
  readonly status: Extract<LiveEvent, { readonly payload: { readonly progress: number } }>['payload']['status'];
  readonly progress: number;
}

/** The run after an event about its progress. What has ended stays so: the row may have been asked for after the event was made. */
function advanced<T extends object>(row: T, change: Progress): T {
  return 'status' in row && (row.status === 'queued' || row.status === 'running') ? { ...row, ...change } : row;
}

/** The list with one row's status changed; whatever else the cache holds is left alone. */
function withProgress(rows: unknown, id: string, change: Progress): unknown {
  if (!Array.isArray(rows)) return rows;
  return rows.map((row: unknown) =>
    typeof row === 'object' && row !== null && 'id' in row && row.id === id ? advanced(row, change) : row,
  );
}
