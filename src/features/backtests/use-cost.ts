import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { bytesInWords } from '#core/engine/sweep/bytes-in-words.ts';
import { costOf, timeInWords } from '#core/engine/sweep/cost.ts';
import type { EstimateRequest } from '#core/engine/sweep/estimate.ts';
import { mostBars } from '#core/market/most-bars.ts';
import { useTRPC } from '#trpc/client.ts';
import { timesOf, type RunChoice } from './run-fields.tsx';

export interface ShownCost {
  /** What the run will take, and what stands before it; empty while that is not known. */
  readonly summary: string;
  /** Why it would be refused, in words; null when it would not. */
  readonly refused: string | null;
}

const NOT_KNOWN: ShownCost = { summary: '', refused: null };

/**
 * What a run would cost, by the rule by which the server lets it in. Null as `wanted` when there is nothing to run yet.
 */
export function useCost({ market, from, to }: RunChoice, wanted: Omit<EstimateRequest, 'bars'> | null): ShownCost {
  const trpc = useTRPC();
  const { data: allowance } = useQuery(trpc.run.allowance.queryOptions(undefined, { staleTime: 0 }));
  return useMemo(() => {
    if (!wanted || !market || !allowance) return NOT_KNOWN;
    const times = timesOf(from, to);
    const { time, bytes, tooMuch } = costOf({ ...wanted, bars: mostBars(market, times.from, times.to) }, allowance);
    const { unfinishedRuns: before, mostUnfinishedRuns: most } = allowance;
    const full =
      before >= most
        ? `Your organisation has ${before} queued and running runs, as many as its plan allows: wait until one has ended, or cancel one.`
        : null;
    return {
      summary: [
        `about ${timeInWords(time)} of computing`,
        `${bytesInWords(bytes)} of memory`,
        ...(before > 0 ? [`${before} of your organisation’s runs before it`] : []),
      ].join(' · '),
      refused: tooMuch ?? full,
    };
  }, [wanted, market, from, to, allowance]);
}
