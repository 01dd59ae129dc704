'use client';
import { skipToken, useQuery } from '@tanstack/react-query';
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
import { indexFrom } from '#core/market/index-from.ts';
import { timesOf, useRunSettings } from '#features/backtests/index.ts';
import {
  IDLE_PREVIEW,
  PreviewStore,
  useMarketBars,
  type ListedBars,
  type PreviewState,
} from '#features/rerun/index.ts';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import { useFormula } from '../session/use-session.ts';
import { useWorkspace } from '../workspace/index.ts';

/** More bars than these are not previewed: a backtest takes them all. */
export const MOST_BARS = 20_000;

/** The edit itself is on screen before what follows from it is drawn; in milliseconds, a frame and a half. */
const PAINT_FIRST = 24;

type Market = Outputs['market']['list'][number];
type Lists = Outputs['market']['bars'];

interface PreviewContextValue {
  readonly store: PreviewStore | null;
  readonly markets: readonly Market[];
  /** Whether it is not known yet which markets there are. */
  readonly isLooking: boolean;
  readonly market: Market | undefined;
  readonly bars: ListedBars | null;
  /** The preview's own, or those of the last run in this browser. */
  readonly settings: Settings;
  readonly choose: (marketId: string) => void;
}

const PreviewContext = createContext<PreviewContextValue | null>(null);

/** A market that is here already, where no server is asked. */
export interface GivenMarket {
  readonly market: Market;
  readonly lists: Lists;
}

interface PreviewProviderProps {
  readonly given?: GivenMarket;
  readonly children: ReactNode;
}

/** Runs the formula after every edit, on bars of a market, in a worker of this browser. */
export function PreviewProvider({ given, children }: PreviewProviderProps) {
  const trpc = useTRPC();
  const formula = useFormula();
  const [store, setStore] = useState<PreviewStore | null>(null);
  const { workspace, change } = useWorkspace();
  const choose = useCallback((market: string) => change({ market }), [change]);
  const ofLastRun = useRunSettings();
  const settings = workspace.settings ?? ofLastRun;
  const { from, to } = workspace;
  const markets = useQuery(trpc.market.list.queryOptions(given ? skipToken : undefined));
  const known = useMemo(() => (given ? [given.market] : (markets.data ?? [])), [given, markets.data]);
  const isLooking = !given && markets.isPending;
  const market = known.find(({ id }) => id === workspace.market) ?? known[0];
  // The market of an open preview stays, also when somebody imports another that comes before it by name.
  const shown = market?.id ?? null;
  useEffect(() => {
    if (shown !== null && shown !== workspace.market) change({ market: shown });
  }, [shown, workspace.market, change]);
  const wanted = useMemo(() => recent(timesOf('', to).to), [to]);
  const { bars, feeds } = useMarketBars({ market, markets: known, formula, wanted, given: given?.lists });

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
    const first = indexFrom(bars.time, timesOf(from, '').from ?? Number.NEGATIVE_INFINITY);
    const span = { from: Math.min(first, bars.length - 1), to: bars.length };
    const timer = setTimeout(() => store.run(formula, settings, span), PAINT_FIRST);
    return () => clearTimeout(timer);
  }, [store, bars, feeds, formula, settings, from]);

  const value = useMemo(
    (): PreviewContextValue => ({ store, markets: known, isLooking, market, bars, settings, choose }),
    [store, known, isLooking, market, bars, settings, choose],
  );
  return <PreviewContext value={value}>{children}</PreviewContext>;
}

/** The newest bars, or the last ones up to a time. */
const recent = (to: number | undefined) => (id: string) => ({
  id,
  last: MOST_BARS,
  maxPoints: MOST_BARS,
  ...(to === undefined ? {} : { to }),
});

/** Null outside of a builder: a graph that is only looked at has no preview. */
export const usePreview = (): PreviewContextValue | null => use(PreviewContext);

const idle = (): PreviewState => IDLE_PREVIEW;
const never = (): (() => void) => () => undefined;

export function usePreviewState(): PreviewState {
  const store = usePreview()?.store;
  return useSyncExternalStore(store?.subscribe ?? never, store?.state ?? idle, idle);
}
