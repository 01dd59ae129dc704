'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';

export type HistoryRow = Outputs['history']['list'][number];
export type Work = HistoryRow['work'][number];

export interface HistoryFilter {
  readonly text: string;
  readonly author: string | null;
  readonly tag: string | null;
  readonly having: 'bots' | 'runs' | null;
}

export const NO_FILTER: HistoryFilter = { text: '', author: null, tag: null, having: null };

export const isFiltered = ({ text, author, tag, having }: HistoryFilter): boolean =>
  text.trim() !== '' || author !== null || tag !== null || having !== null;

const PAGE = 200;

/** The versions that a filter lets through, in pages, the newest first. */
export function useHistory(formulaId: string, { text, author, tag, having }: HistoryFilter) {
  const trpc = useTRPC();
  const words = text.trim();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    trpc.history.list.infiniteQueryOptions(
      {
        formulaId,
        limit: PAGE,
        ...(words === '' ? {} : { text: words }),
        ...(author === null ? {} : { author }),
        ...(tag === null ? {} : { tag }),
        ...(having === null ? {} : { having }),
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
