'use client';
import { skipToken, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { expand } from '#core/formula/functions/expand.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import type { ListedBars } from './listed-bars.ts';

type Market = Outputs['market']['list'][number];
type Lists = Outputs['market']['bars'];

interface WantedBars {
  readonly id: string;
  readonly from?: number;
  readonly to?: number;
  readonly last?: number;
  readonly maxPoints: number;
}

interface MarketBarsOptions {
  /** Undefined while nobody wants any. */
  readonly market: Market | undefined;
  readonly markets: readonly Market[];
  readonly formula: Formula;
  /** What is asked of a market. Keep its identity while it asks for the same. */
  readonly wanted: (marketId: string) => WantedBars;
  /** The bars of the market where they are here already: then nobody is asked. */
  readonly given?: Lists | undefined;
}

interface MarketBars {
  readonly bars: ListedBars | null;
  readonly feeds: ReadonlyMap<string, ListedBars>;
  /** How many bars of a market are told as one, at the most: 1 where all bars are there as they are. */
  readonly reducedBy: number;
  /** Whether those of all markets have come. */
  readonly isWhole: boolean;
}

/**
 * The bars of a market, and of the other symbols that the formula reads. Keeps its identity while they stay the same.
 */
export function useMarketBars({ market, markets, formula, wanted, given }: MarketBarsOptions): MarketBars {
  const trpc = useTRPC();
  // A text, so that it is the same as long as it says the same.
  const symbols = symbolsIn(formula).join('\n');
  const others = useMemo(
    () => markets.filter(({ symbol }) => market && symbols.split('\n').includes(symbol) && symbol !== market.symbol),
    [markets, symbols, market],
  );
  const lasting = { staleTime: Infinity, structuralSharing: false } as const;
  const own = useQuery(trpc.market.bars.queryOptions(market && !given ? wanted(market.id) : skipToken, lasting));
  const lists = given ?? own.data;
  const { feeds, feedsReducedBy } = useQueries({
    queries: others.map(({ id }) => trpc.market.bars.queryOptions(wanted(id), lasting)),
    combine: useCallback(
      (results: readonly { data?: Lists | undefined }[]) => ({
        feeds: new Map(
          results.flatMap(({ data }, index) => {
            const other = others[index];
            return other && data ? [[other.symbol, listedBars(other, data)] as const] : [];
          }),
        ),
        feedsReducedBy: Math.max(1, ...results.map(({ data }) => data?.reducedBy ?? 1)),
      }),
      [others],
    ),
  });
  return {
    bars: useMemo(() => (market && lists ? listedBars(market, lists) : null), [market, lists]),
    feeds,
    reducedBy: Math.max(lists?.reducedBy ?? 1, feedsReducedBy),
    isWhole: lists !== undefined && feeds.size === new Set(others.map(({ symbol }) => symbol)).size,
  };
}

const listedBars = ({ symbol, timeframe }: Market, lists: Lists): ListedBars => ({
  ...lists,
  symbol,
  timeframe,
  length: lists.time.length,
});

/** A function may be given the symbol that it reads. */
const symbolsIn = (formula: Formula): string[] =>
  Object.values(expand(formula).formula.nodes)
    .flatMap(({ block, args }) => (block === 'feed' && typeof args['symbol'] === 'string' ? [args['symbol']] : []))
    .sort();
