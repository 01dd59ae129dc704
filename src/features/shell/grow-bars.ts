import type { QueryClient } from '@tanstack/react-query';
import type { useTRPC } from '#trpc/client.ts';
import type { EventCaches } from '#trpc/event-caches.ts';
import type { LiveEvent, Outputs } from '#trpc/types.ts';

type Payload = Extract<LiveEvent, { readonly kind: 'market.changed' }>['payload'];
type Lists = Outputs['market']['bars'];

interface Means extends EventCaches {
  readonly trpc: ReturnType<typeof useTRPC>;
  readonly queryClient: QueryClient;
}

/** What a cached query has asked for; of other procedures and other markets nothing. */
interface Asked {
  readonly id: string;
  readonly from?: number;
  readonly to?: number;
  readonly last?: number;
}

/**
 * Brings what is known of a market's bars up to date: the newest bars get those that have come behind them, and are not
 * loaded again; of ranges those are asked for again that the change falls into.
 */
export function createBarGrower({ trpc, queryClient, stale, patch }: Means): (payload: Payload) => void {
  const cache = queryClient.getQueryCache();

  /** Asks for the bars behind the known bars, and appends them. */
  const grow = async (queryKey: ReturnType<typeof trpc.market.bars.queryKey>, { id, last }: Asked): Promise<void> => {
    const known = queryClient.getQueryData(queryKey);
    const end = known?.time.at(-1);
    if (!known || end === undefined || last === undefined || known.reducedBy > 1)
      return stale({ queryKey, exact: true });
    const more = await queryClient.fetchQuery(
      trpc.market.bars.queryOptions({ id, from: end + 1, maxPoints: last }, { staleTime: 0, gcTime: 0 }),
    );
    // More than one chart holds has come: the newest are asked for as a whole.
    if (more.reducedBy > 1) return stale({ queryKey, exact: true });
    patch(queryKey, (lists) => joinLists(lists, more, last));
  };

  return (payload) => {
    const { marketId } = payload;
    // An event of a server that is older than this page says only that something has changed.
    const change = 'change' in payload ? payload.change : ({ kind: 'imported' } as const);
    stale(trpc.market.list.queryFilter());
    if (change.kind !== 'appended' && change.kind !== 'corrected') {
      stale(trpc.market.pathFilter());
      return;
    }
    for (const query of cache.findAll(trpc.market.bars.queryFilter())) {
      const asked = inputOf(query.queryKey);
      if (asked?.id !== marketId || !isTouched(asked, change)) continue;
      if (change.kind === 'appended' && asked.last !== undefined)
        grow(query.queryKey as ReturnType<typeof trpc.market.bars.queryKey>, asked).catch(() =>
          stale({ queryKey: query.queryKey, exact: true }),
        );
      else stale({ queryKey: query.queryKey, exact: true });
    }
    stale({
      ...trpc.market.gaps.queryFilter(),
      predicate: ({ queryKey }) => {
        const asked = inputOf(queryKey);
        return asked?.id === marketId && isTouched(asked, change);
      },
    });
    // What their bars have become since.
    const isRunOf = ({ state: { data } }: { readonly state: { readonly data: unknown } }): boolean =>
      change.kind === 'corrected' || isWithoutNewer(data, marketId);
    stale({ ...trpc.backtest.get.queryFilter(), predicate: isRunOf });
    stale({ ...trpc.sweep.get.queryFilter(), predicate: isRunOf });
  };
}

/** A run on the market that does not know yet that bars have come behind its own. */
const isWithoutNewer = (run: unknown, marketId: string): boolean =>
  typeof run === 'object' &&
  run !== null &&
  'marketId' in run &&
  run.marketId === marketId &&
  'bars' in run &&
  typeof run.bars === 'object' &&
  run.bars !== null &&
  'hasNewer' in run.bars &&
  run.bars.hasNewer === false;

const isTouched = (
  { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Asked,
  change: { readonly from: number; readonly to: number },
): boolean => change.from <= to && from <= change.to;

/** The input of a query, which stands in its key. */
function inputOf(queryKey: readonly unknown[]): Asked | null {
  const [, options] = queryKey;
  if (typeof options !== 'object' || options === null || !('input' in options)) return null;
  const { input } = options;
  return isAsked(input) ? input : null;
}

const isAsked = (input: unknown): input is Asked => typeof input === 'object' && input !== null && 'id' in input;

/** The last bars of both; of `more` those that come behind the known ones. */
function joinLists(known: Lists, more: Lists, most: number): Lists {
  const end = known.time.at(-1) ?? Number.NEGATIVE_INFINITY;
  const first = more.time.findIndex((time) => time > end);
  if (first < 0) return known;
  const join = (column: 'time' | 'open' | 'high' | 'low' | 'close' | 'volume'): number[] =>
    [...known[column], ...more[column].slice(first)].slice(-most);
  return {
    ...known,
    time: join('time'),
    open: join('open'),
    high: join('high'),
    low: join('low'),
    close: join('close'),
    volume: join('volume'),
  };
}
