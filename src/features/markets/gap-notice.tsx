'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import { Notice } from '#ui/feedback/notice.tsx';

export type Gaps = Outputs['market']['gaps'];

/** Where bars are missing; nothing where none are. */
export function GapNotice({ gaps: { count, messages }, symbol }: { readonly gaps: Gaps; readonly symbol?: string }) {
  if (count === 0) return null;
  const bars = symbol === undefined ? 'the bars' : `the bars of ${symbol}, which the strategy reads`;
  return (
    <Notice
      title={
        count === 1 ? `There is a hole in ${bars}.` : `There are ${count.toLocaleString('en-US')} holes in ${bars}.`
      }
    >
      <ul className="max-h-24 overflow-y-auto text-xs">
        {messages.map((message) => (
          <li key={message}>{message}</li>
        ))}
        {count > messages.length ? <li>… and {(count - messages.length).toLocaleString('en-US')} more.</li> : null}
      </ul>
    </Notice>
  );
}

interface MarketGapsProps {
  readonly marketId: string;
  /** Of a market that is read beside the own one. */
  readonly symbol?: string;
  /** UTC milliseconds, both included; left out: all there are. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** The holes in the bars that somebody is about to run on, or has. */
export function MarketGaps({ marketId, symbol, from, to }: MarketGapsProps) {
  const trpc = useTRPC();
  const gaps = useQuery(trpc.market.gaps.queryOptions({ id: marketId, from, to }, { staleTime: Infinity }));
  return gaps.data ? <GapNotice gaps={gaps.data} {...(symbol === undefined ? {} : { symbol })} /> : null;
}
