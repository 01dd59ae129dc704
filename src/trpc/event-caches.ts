import type { DataTag, Query, QueryClient, QueryFilters, QueryKey } from '@tanstack/react-query';

/**
 * When a change is made: as the event comes; or again to an answer that was on its way when the event came, and may
 * have been made before or after it: `first` for the first change to this answer, `late` for the others.
 */
export type When = 'now' | 'first' | 'late';

type Change = (data: unknown, when: When) => unknown;

/** Events that are kept for an answer on its way; behind more, the query is asked again. */
const MOST_KEPT = 1_000;

/** How events come into the caches of queries: no other way knows of the answers that are on their way. */
export interface EventCaches {
  /** Asks again for what an event has touched, also when an answer on its way was made before the event. */
  stale(filter: QueryFilters): void;
  /**
   * Changes what is known under the key and those that begin with it. The change must do no harm to an answer that has
   * the event already: it is made again to answers that were on their way.
   */
  patch<T, E>(queryKey: DataTag<QueryKey, T, E>, change: (data: T, when: When) => unknown): void;
}

const made = new WeakMap<QueryClient, EventCaches>();

/** Those of a tab. */
export function eventCachesOf(queryClient: QueryClient): EventCaches {
  const caches = made.get(queryClient) ?? createEventCaches(queryClient);
  made.set(queryClient, caches);
  return caches;
}

function createEventCaches(queryClient: QueryClient): EventCaches {
  const cache = queryClient.getQueryCache();
  /** By query, in the order of their events. */
  const kept = new Map<string, Change[]>();

  const askAgain = (query: Query): void =>
    void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });

  cache.subscribe((event) => {
    const { query, type } = event;
    const changes = kept.get(query.queryHash);
    if (!changes) return;
    if (type === 'removed') kept.delete(query.queryHash);
    if (type !== 'updated') return;
    const { action } = event;
    if (action.type === 'error' || action.type === 'setState') kept.delete(query.queryHash);
    if (action.type !== 'success' || action.manual) return;
    kept.delete(query.queryHash);
    if (changes.length > MOST_KEPT) return askAgain(query);
    setData(
      query,
      changes.reduce((data, change, at) => change(data, at === 0 ? 'first' : 'late'), query.state.data),
    );
  });

  return {
    stale: (filter) => {
      const unended = cache.findAll({ ...filter, predicate: (query) => isOnItsWay(query) && goesOn(query) });
      void queryClient.invalidateQueries(filter);
      // The answer may have been made before the event: ask again after it.
      for (const query of unended) void query.promise?.catch(() => null).then(() => askAgain(query));
    },
    patch: (queryKey, change) => {
      // The key's tag says what its queries hold.
      const untyped = change as Change;
      for (const query of cache.findAll({ queryKey })) {
        if (isOnItsWay(query)) {
          const changes = kept.get(query.queryHash) ?? [];
          if (changes.length <= MOST_KEPT) changes.push(untyped);
          kept.set(query.queryHash, changes);
        }
        if (query.state.data !== undefined) setData(query, untyped(query.state.data, 'now'));
      }
    },
  };
}

const isOnItsWay = ({ state }: Query): boolean => state.fetchStatus !== 'idle';

/**
 * The library goes on with a query's first fetch when the query becomes stale, and with the fetch of a query that
 * nobody looks at any more.
 */
const goesOn = (query: Query): boolean => query.state.data === undefined || !query.isActive();

/** An event is not an answer: what was to be asked for again still is. */
function setData(query: Query, data: unknown): void {
  const { isInvalidated, dataUpdatedAt } = query.state;
  if (data === query.state.data) return;
  query.setData(data, { manual: true, updatedAt: dataUpdatedAt });
  if (isInvalidated) query.invalidate();
}
