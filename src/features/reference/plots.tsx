'use client';
import { useQuery } from '@tanstack/react-query';
import { createContext, use, useMemo, type ReactNode } from 'react';
import type { Block } from '#core/formula/model/block.ts';
import type { Bars } from '#core/market/bars.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { computePlot } from './plot/compute-plot.ts';
import type { BlockPlot } from './plot/plot.ts';

/** The prices of the reference, and what blocks are on them: computed when first asked for. */
export interface Plots {
  readonly bars: Bars;
  /** What the prices are, for people. */
  readonly title: string;
  /** `2000 to 2020` */
  readonly years: string;
  plotOf(block: Block): BlockPlot;
}

type PlotsState =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'ready'; readonly plots: Plots };

const PlotsContext = createContext<PlotsState>({ state: 'loading' });

export const usePlots = (): PlotsState => use(PlotsContext);

export function PlotsProvider({ children }: { readonly children: ReactNode }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(
    trpc.reference.prices.queryOptions(undefined, { staleTime: Infinity, gcTime: Infinity }),
  );
  const state = useMemo((): PlotsState => {
    if (data) return { state: 'ready', plots: createPlots(data) };
    return error ? { state: 'failed', why: explainError(error).advice } : { state: 'loading' };
  }, [data, error]);
  return <PlotsContext value={state}>{children}</PlotsContext>;
}

function createPlots(prices: Outputs['reference']['prices']): Plots {
  const { symbol, timeframe, name, time, open, high, low, close, volume } = prices;
  const column = (list: readonly number[]): Float64Array => Float64Array.from(list);
  const bars: Bars = {
    symbol,
    timeframe,
    length: time.length,
    time: column(time),
    open: column(open),
    high: column(high),
    low: column(low),
    close: column(close),
    volume: column(volume),
  };
  const known = new Map<string, BlockPlot>();
  return {
    bars,
    title: `${name}, daily`,
    years: [time.at(0), time.at(-1)].map((at) => new Date(at ?? 0).getUTCFullYear()).join(' to '),
    plotOf: (block) => {
      const plot = known.get(block.name) ?? computePlot(block, bars);
      known.set(block.name, plot);
      return plot;
    },
  };
}
