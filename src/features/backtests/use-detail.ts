import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import type { ResultData } from '#ui/charts/result-data.ts';
import { detailRange, MOST_BARS, type TimeRange } from './detail-range.ts';

interface Detail {
  /** Bars and curves of what is looked at; null where the overview says it all. */
  readonly data: ResultData | null;
  /** Whether `data` is there for this range, or none is needed. */
  covers(range: TimeRange): boolean;
  readonly look: (range: TimeRange) => void;
}

/** Finer bars and curves of the part of a run that people look at: a million bars come to the screen as few. */
export function useDetail(row: Outputs['backtest']['get'], reducedBy: number): Detail {
  const trpc = useTRPC();
  const [range, setRange] = useState<TimeRange | null>(null);
  const lasting = { staleTime: Infinity, placeholderData: keepPreviousData } as const;
  const [from, to] = [
    Math.max(range?.from ?? 0, row.from ?? -Infinity),
    Math.min(range?.to ?? 0, row.bars.lastBar ?? row.to ?? Infinity),
  ];
  const bars = useQuery(
    trpc.market.bars.queryOptions(range ? { id: row.marketId, from, to, maxPoints: MOST_BARS } : skipToken, lasting),
  );
  const curves = useQuery(trpc.backtest.curve.queryOptions(range ? { id: row.id, from, to } : skipToken, lasting));
  const data = useMemo(
    () => (bars.data && curves.data ? { bars: bars.data, ...curves.data } : null),
    [bars.data, curves.data],
  );
  const isHere = data !== null && !bars.isPlaceholderData && !curves.isPlaceholderData;
  return {
    data,
    covers: (wanted) =>
      detailRange(wanted, row.timeframe, reducedBy) === null ||
      (isHere && range !== null && range.from <= wanted.from && wanted.to <= range.to),
    look: (looked) => {
      const wanted = detailRange(looked, row.timeframe, reducedBy);
      // Of what is far off the overview is enough, and the last detail harms nothing.
      if (wanted) setRange((known) => (known?.from === wanted.from && known.to === wanted.to ? known : wanted));
    },
  };
}
