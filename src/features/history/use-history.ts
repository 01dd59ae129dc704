'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';

export type HistoryRow = Outputs['history']['list'][number];
export type Work = HistoryRow['work'][number];

/** As an address has it; what is empty asks for nothing. */
export interface HistoryFilter {
  readonly q: string;
  readonly author: string;
  readonly tag: string;
  readonly having: string;
}

export const NO_FILTER: HistoryFilter = { q: '', author: '', tag: '', having: '' };

export const isFiltered = ({ q, author, tag, having }: HistoryFilter): boolean =>
  q.trim() !== '' || author !== '' || tag !== '' || having !== '';

const PAGE = 200;

/** The versions that a filter lets through, in pages, the newest first. */
export function useHistory(formulaId: string, { q, author, tag, having }: HistoryFilter) {
  const trpc = useTRPC();
  const words = q.trim();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    trpc.history.list.infiniteQueryOptions(
      {
        formulaId,
        limit: PAGE,
        ...(words === '' ? {} : { text: words }),
        ...(author === '' ? {} : { author }),
        ...(tag === '' ? {} : { tag }),
        ...(having === 'bots' || having === 'runs' ? { having } : {}),
      },
      {
        getNextPageParam: (last) => (last.length === PAGE ? last.at(-1)?.number : undefined),
        placeholderData: (before) => before,
      },
    ),
  );
  const rows = useMemo(() => data?.pages.flat() ?? [], [data]);
  return { rows, error, isPending, isMore: hasNextPage, isFetchingMore: isFetchingNextPage, fetchMore: fetchNextPage };
}

/**
 * The version of a number, wherever in the history: among the rows that are there, else asked for. Null while it is on
 * its way; undefined where there is none.
 */
export function useVersionRow(formulaId: string, number: number | null, rows: readonly HistoryRow[]) {
  const trpc = useTRPC();
  const listed = rows.find((row) => row.number === number);
  const asked = useQuery(
    trpc.history.list.queryOptions(
      { formulaId, limit: 1, cursor: (number ?? 0) + 1 },
      { enabled: number !== null && listed === undefined },
    ),
  );
  if (number === null) return undefined;
  if (listed) return listed;
  if (asked.isPending) return null;
  return asked.data?.find((row) => row.number === number);
}
