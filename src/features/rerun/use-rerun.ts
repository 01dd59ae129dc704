'use client';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Settings } from '#core/engine/outcome/settings.ts';
import { EMPTY_FORMULA, type Formula } from '#core/formula/model/formula.ts';
import { indexFrom } from '#core/market/index-from.ts';
import type { Outputs } from '#trpc/types.ts';
import type { ListedBars } from './listed-bars.ts';
import { IDLE_PREVIEW, PreviewStore, type PreviewState } from './preview-store.ts';
import { useMarketBars } from './use-market-bars.ts';
import { MOST_RERUN, windowAround } from './window-around.ts';

export interface RerunOf {
  /** With the inputs of the run. */
  readonly formula: Formula;
  readonly settings: Settings;
  readonly market: Outputs['market']['list'][number];
  readonly markets: readonly Outputs['market']['list'][number][];
  /** UTC milliseconds, both included; null: from the first bar on. */
  readonly from: number | null;
  readonly to: number | null;
}

export interface Rerun {
  readonly store: PreviewStore | null;
  readonly state: PreviewState;
  /** The bars of the run and those before, which are history. */
  readonly bars: ListedBars | null;
  /** Whether the run has more bars than a browser computes: `bars` are a part of them then, around what is asked. */
  readonly isPart: boolean;
}

const never = (): (() => void) => () => undefined;
const idle = (): PreviewState => IDLE_PREVIEW;

/**
 * A run of the server once more, in a worker of this browser, for what the server does not keep: its columns. Of a long
 * run, the part around a time; nothing while nobody asks for one.
 */
export function useRerun(run: RerunOf | null, around: number | null): Rerun {
  const [store, setStore] = useState<PreviewStore | null>(null);
  const to = run?.to ?? null;
  const wanted = useMemo(() => (id: string) => ({ id, maxPoints: MOST_RERUN, ...(to === null ? {} : { to }) }), [to]);
  const asked = { markets: run?.markets ?? [], formula: run?.formula ?? EMPTY_FORMULA };
  const whole = useMarketBars({ ...asked, market: run?.market, wanted });
  const isPart = whole.reducedBy > 1;
  const timeframe = run?.market.timeframe;
  const window = useMemo(
    () => (isPart && around !== null && timeframe ? windowAround(around, timeframe, to === null ? {} : { to }) : null),
    [isPart, around, timeframe, to],
  );
  const [first, last] = [window?.from ?? 0, window?.to ?? 0];
  const wantedPart = useMemo(
    () => (id: string) => ({ id, from: first, to: last, maxPoints: MOST_RERUN }),
    [first, last],
  );
  const part = useMarketBars({ ...asked, market: window ? run?.market : undefined, wanted: wantedPart });
  const { bars, feeds, reducedBy, isWhole } = isPart ? part : whole;
  const isWanted = run !== null;
  useEffect(() => {
    if (!isWanted) return;
    const opened = new PreviewStore();
    queueMicrotask(() => setStore(opened));
    return () => {
      opened.close();
      setStore(null);
    };
  }, [isWanted]);
  useEffect(() => {
    if (!store || !run || !bars || !isWhole || reducedBy > 1) return;
    store.load(bars, feeds);
    const from = run.from === null ? 0 : indexFrom(bars.time, run.from);
    store.run(run.formula, run.settings, { from, to: bars.length });
  }, [store, run, bars, feeds, isWhole, reducedBy]);
  const state = useSyncExternalStore(store?.subscribe ?? never, store?.state ?? idle, idle);
  return { store, state, bars: reducedBy > 1 ? null : bars, isPart };
}
