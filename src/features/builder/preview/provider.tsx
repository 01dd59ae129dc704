'use client';
import { skipToken, useQueries, useQuery } from '@tanstack/react-query';
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { Settings } from '#core/engine/outcome/settings.ts';
import { expand } from '#core/formula/functions/expand.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { useRunSettings } from '#features/backtests/index.ts';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import { useFormula } from '../session/use-session.ts';
import { useWorkspace } from '../workspace/index.ts';
import type { ListedBars } from './listed-bars.ts';
import { PreviewStore, type PreviewState } from './preview-store.ts';

/** More bars than these are not previewed: a backtest takes them all. */
export const MOST_BARS = 20_000;

/** The edit itself is on screen before what follows from it is drawn; in milliseconds, a frame and a half. */
const PAINT_FIRST = 24;

type Market = Outputs['market']['list'][number];
type Lists = Outputs['market']['bars'];

interface PreviewContextValue {
  readonly store: PreviewStore | null;
  readonly markets: readonly Market[];
  readonly market: Market | undefined;
  readonly bars: ListedBars | null;
  /** The settings of the last run in this browser. */
  readonly settings: Settings;
  readonly choose: (marketId: string) => void;
}

const PreviewContext = createContext<PreviewContextValue | null>(null);

/** Runs the formula after every edit, on bars of a market, in a worker of this browser. */
export function PreviewProvider({ children }: { readonly children: ReactNode }) {
  const trpc = useTRPC();
  const formula = useFormula();
  const [store, setStore] = useState<PreviewStore | null>(null);
  const { workspace, change } = useWorkspace();
  const choose = useCallback((market: string) => change({ market }), [change]);
  const settings = useRunSettings();
  const markets = useQuery(trpc.market.list.queryOptions());
  const known = useMemo(() => markets.data ?? [], [markets.data]);
  const market = known.find(({ id }) => id === workspace.market) ?? known[0];
  // The market of an open preview stays, also when somebody imports another that comes before it by name.
  const shown = market?.id ?? null;
  useEffect(() => {
    if (shown !== null && shown !== workspace.market) change({ market: shown });
  }, [shown, workspace.market, change]);
  const { bars, feeds } = useBars(market, known, formula);

  useEffect(() => {
    const opened = new PreviewStore();
    queueMicrotask(() => setStore(opened));
    return () => opened.close();
  }, []);
  useEffect(() => {
    if (store && bars) store.load(bars, feeds);
  }, [store, bars, feeds]);
  useEffect(() => {
    if (!store || !bars) return;
    const timer = setTimeout(() => store.run(formula, settings), PAINT_FIRST);
    return () => clearTimeout(timer);
  }, [store, bars, feeds, formula, settings]);

  const value = useMemo(
    (): PreviewContextValue => ({ store, markets: known, market, bars, settings, choose }),
    [store, known, market, bars, settings, choose],
  );
  return <PreviewContext value={value}>{children}</PreviewContext>;
}

const recent = (id: string) => ({ id, last: MOST_BARS, maxPoints: MOST_BARS });

/**
 * The bars of a market, and of the other symbols that the formula reads. Keeps its identity while they stay the same.
 */
function useBars(
  market: Market | undefined,
  markets: readonly Market[],
  formula: Formula,
): { bars: ListedBars | null; feeds: ReadonlyMap<string, ListedBars> } {
  const trpc = useTRPC();
  // A text, so that it is the same as long as it says the same.
  const symbols = symbolsIn(formula).join('\n');
  const others = useMemo(
    () => markets.filter(({ symbol }) => symbols.split('\n').includes(symbol) && symbol !== market?.symbol),
    [markets, symbols, market],
  );
  const lasting = { staleTime: Infinity, structuralSharing: false } as const;
  const own = useQuery(trpc.market.bars.queryOptions(market ? recent(market.id) : skipToken, lasting));
  const feeds = useQueries({
    queries: others.map(({ id }) => trpc.market.bars.queryOptions(recent(id), lasting)),
    combine: useCallback(
      (results: readonly { data?: Lists | undefined }[]) =>
        new Map(
          results.flatMap(({ data }, index) => {
            const other = others[index];
            return other && data ? [[other.symbol, listedBars(other, data)] as const] : [];
          }),
        ),
      [others],
    ),
  });
  return { bars: useMemo(() => (market && own.data ? listedBars(market, own.data) : null), [market, own.data]), feeds };
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

/** Null outside of a builder: a graph that is only looked at has no preview. */
export const usePreview = (): PreviewContextValue | null => use(PreviewContext);

const IDLE: PreviewState = { made: null, result: null, doubts: [], milliseconds: 0, problem: null, drawn: null };
const idle = (): PreviewState => IDLE;
const never = (): (() => void) => () => undefined;

export function usePreviewState(): PreviewState {
  const store = usePreview()?.store;
  return useSyncExternalStore(store?.subscribe ?? never, store?.state ?? idle, idle);
}
