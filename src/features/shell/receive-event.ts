import type { QueryClient } from '@tanstack/react-query';
import type { useTRPC } from '#trpc/client.ts';
import { eventCachesOf, type When } from '#trpc/event-caches.ts';
import { liveEvents } from '#trpc/live.ts';
import type { LiveEvent } from '#trpc/types.ts';
import { createSignalCounter } from './count-signals.ts';
import { createBarGrower } from './grow-bars.ts';

interface Caches {
  readonly trpc: ReturnType<typeof useTRPC>;
  readonly queryClient: QueryClient;
}

/** Puts an event where it shows: into a cache when it carries the data, else by asking again for what it touched. */
export function createEventReceiver({ trpc, queryClient }: Caches): (event: LiveEvent) => void {
  const { stale, patch } = eventCachesOf(queryClient);
  const growBars = createBarGrower({ trpc, queryClient, stale, patch });
  const signals = createSignalCounter();
  const staleHistory = (formulaId: string): void => {
    stale(trpc.history.list.infiniteQueryFilter({ formulaId }));
    stale(trpc.history.about.queryFilter({ formulaId }));
  };
  return (event) => {
    liveEvents.emit(event);
    switch (event.kind) {
      case 'backtest.progress': {
        const { backtestId, status, progress } = event.payload;
        const change = { status, progress };
        patch(trpc.backtest.get.queryKey({ id: backtestId }), (row, when) => advanced(row, change, when));
        patch(trpc.backtest.list.queryKey(), (rows, when) =>
          rows.map((row) => (row.id === backtestId ? advanced(row, change, when) : row)),
        );
        return;
      }
      case 'backtest.changed':
      case 'backtest.queued':
      case 'backtest.finished':
        stale(trpc.backtest.get.queryFilter({ id: event.payload.backtestId }));
        stale(trpc.backtest.list.queryFilter());
        stale(trpc.formula.list.queryFilter());
        return;
      case 'sweep.progress': {
        const { sweepId, status, progress } = event.payload;
        const change = { status, progress };
        patch(trpc.sweep.get.queryKey({ id: sweepId }), (row, when) => advanced(row, change, when));
        patch(trpc.sweep.list.queryKey(), (rows, when) =>
          rows.map((row) => (row.id === sweepId ? advanced(row, change, when) : row)),
        );
        return;
      }
      case 'sweep.queued':
      case 'sweep.finished':
        stale(trpc.sweep.get.queryFilter({ id: event.payload.sweepId }));
        stale(trpc.sweep.list.queryFilter());
        return;
      case 'signal.emitted': {
        const { botId, emittedAt } = event.payload.signal;
        patch(trpc.bot.list.queryKey(), (bots, when) => {
          if (when === 'first') signals.forget();
          return bots.map((bot) => (bot.id === botId ? signals.count(bot, emittedAt) : bot));
        });
        // The list that is shown sees to itself: what is kept for later does not get the signal.
        stale({ ...trpc.signal.list.queryFilter(), type: 'inactive' });
        return;
      }
      case 'bot.changed':
        stale(trpc.bot.pathFilter());
        return;
      case 'version.created':
        stale(trpc.version.list.queryFilter({ formulaId: event.payload.formulaId }));
        staleHistory(event.payload.formulaId);
        stale(trpc.formula.list.queryFilter());
        return;
      case 'formula.changed':
        stale(trpc.formula.list.queryFilter());
        stale(trpc.formula.get.queryFilter({ id: event.payload.formulaId }));
        stale(trpc.document.damage.queryFilter({ formulaId: event.payload.formulaId }));
        staleHistory(event.payload.formulaId);
        stale(trpc.branch.pathFilter());
        return;
      case 'comment.changed':
        stale(trpc.comment.list.queryFilter({ formulaId: event.payload.formulaId }));
        return;
      case 'review.changed':
        stale(trpc.review.pathFilter());
        stale(trpc.publication.preview.queryFilter());
        return;
      case 'plan.changed':
        stale(trpc.billing.pathFilter());
        stale(trpc.team.usage.queryFilter());
        stale(trpc.run.allowance.queryFilter());
        return;
      case 'publication.changed':
        stale(trpc.publication.pathFilter());
        stale(trpc.review.get.queryFilter());
        stale(trpc.bot.pathFilter());
        stale(trpc.formula.list.queryFilter());
        stale(trpc.formula.get.queryFilter({ id: event.payload.formulaId }));
        return;
      case 'policy.changed':
        stale(trpc.policy.pathFilter());
        stale(trpc.publication.preview.queryFilter());
        stale(trpc.review.get.queryFilter());
        return;
      case 'notification.changed':
        stale(trpc.notification.pathFilter());
        return;
      case 'market.changed':
        growBars(event.payload);
        return;
      case 'market.import':
        return;
      case 'events.missed':
        // What happened is not known any more: all that is known may be old.
        stale({});
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

interface Progress {
  readonly status: Extract<LiveEvent, { readonly payload: { readonly progress: number } }>['payload']['status'];
  readonly progress: number;
}

/**
 * The run after an event about its progress. What has ended stays so: the row may have been asked for after the event
 * was made. For the same reason an answer that was on its way only gets further.
 */
function advanced<T extends Progress | object>(row: T, change: Progress, when: When): T {
  if (!('status' in row) || (row.status !== 'queued' && row.status !== 'running')) return row;
  if (when !== 'now' && 'progress' in row && Number(row.progress) > change.progress) return row;
  return { ...row, ...change };
}
