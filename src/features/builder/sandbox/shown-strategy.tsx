'use client';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import { metricsFor } from '#core/engine/figures/find-metric.ts';
import type { MetricKey } from '#core/engine/figures/metrics.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { check } from '#core/formula/check/check.ts';
import { FormulaGraph, GraphProvider, isStill } from '#features/graph/index.ts';
import { MetricFigure } from '#features/metrics/index.ts';
import { PreviewStore, type ListedBars } from '#features/rerun/index.ts';
import { PreviewChart } from '#ui/charts/preview-chart.tsx';
import { loadExampleMarket, type ExampleMarket } from './example-market.ts';
import { firstStrategy } from './first-strategy.ts';

const FORMULA = firstStrategy();
const CHECKED = check(FORMULA);
const NOTHING: ReadonlySet<string> = new Set();
const SHOWN: readonly MetricKey[] = ['totalReturn', 'sharpe', 'maxDrawdown', 'trades'];

/** How long a bar stays, in milliseconds. */
const STEP_MS = 90;
/** From where on bars go by: the formula has all of its values by then. */
const FIRST_BAR = 320;

/** A strategy at work, for people who only look: bars go by, and each node says its value at the bar. */
export function ShownStrategy() {
  const [prices, setPrices] = useState<ExampleMarket | null>(null);
  useEffect(() => {
    // Without prices the page stays as it is: the strategy is not what people came to read.
    loadExampleMarket().then(setPrices, () => undefined);
  }, []);
  return prices ? <Shown prices={prices} /> : null;
}

function Shown({ prices: { market, lists } }: { readonly prices: ExampleMarket }) {
  const element = useRef<HTMLDivElement>(null);
  const bars = useMemo(
    (): ListedBars => ({ ...lists, symbol: market.symbol, timeframe: market.timeframe, length: lists.time.length }),
    [market, lists],
  );
  const [store, setStore] = useState<PreviewStore | null>(null);
  useEffect(() => {
    const opened = new PreviewStore();
    opened.load(bars, new Map());
    opened.run(FORMULA, DEFAULT_SETTINGS);
    queueMicrotask(() => setStore(opened));
    return () => opened.close();
  }, [bars]);
  return (
    <div ref={element} className="overflow-hidden rounded-xl border bg-surface shadow-float">
      {store ? <Running store={store} bars={bars} area={element} /> : null}
    </div>
  );
}

interface RunningProps {
  readonly store: PreviewStore;
  readonly bars: ListedBars;
  readonly area: RefObject<HTMLDivElement | null>;
}

function Running({ store, bars, area }: RunningProps) {
  const { result } = useSyncExternalStore(store.subscribe, store.state, store.state);
  const bar = useBarsGoingBy(bars.length, area, result !== null);
  useEffect(() => store.look(bar), [store, bar]);
  const values = useMemo(() => ({ read: store.value, subscribe: store.subscribeValues }), [store]);
  return (
    <>
      <div className="h-76 border-b" inert>
        <GraphProvider>
          <FormulaGraph
            formula={FORMULA}
            checked={CHECKED}
            selection={NOTHING}
            onSelect={() => undefined}
            values={values}
            label="An example strategy as a graph, with its values as bars go by"
            fitFirst
            hasButtons={false}
          />
        </GraphProvider>
      </div>
      <div className="h-60" inert>
        {result ? (
          <PreviewChart
            bars={bars}
            run={result}
            lines={NO_LINES}
            pinned={null}
            onBar={ignore}
            onPick={ignore}
            onRange={ignore}
            bar={bar}
          />
        ) : null}
      </div>
      <div className="flex flex-wrap items-baseline gap-x-5 gap-y-1 border-t px-4 py-2.5 text-xs">
        <span className="text-muted">S&amp;P 500, daily, 2010 to 2020, computed in your browser</span>
        <dl className="flex flex-wrap gap-x-4">
          {result
            ? metricsFor(SHOWN).map((metric) => (
                <div key={metric.key} className="flex items-baseline gap-1.5">
                  <dt className="text-faint">{metric.shortTitle}</dt>
                  <dd className="font-medium">
                    <MetricFigure metric={metric} value={result.metrics[metric.key]} digits={1} />
                  </dd>
                </div>
              ))
            : null}
        </dl>
      </div>
    </>
  );
}

const NO_LINES: readonly [] = [];
const ignore = (): void => undefined;

/** The bar that is shown; it stands still for people who asked for less motion, and while nobody sees it. */
function useBarsGoingBy(length: number, area: RefObject<HTMLDivElement | null>, isReady: boolean): number {
  const [bar, setBar] = useState(length - 1);
  useEffect(() => {
    const shown = area.current;
    if (!isReady || !shown || isStill()) return;
    let timer: number | undefined;
    const step = (): void => {
      if (document.hidden) return;
      setBar((at) => (at + 1 >= length ? FIRST_BAR : at + 1));
    };
    const observer = new IntersectionObserver(([entry]) => {
      window.clearInterval(timer);
      timer = entry?.isIntersecting === true ? window.setInterval(step, STEP_MS) : undefined;
    });
    observer.observe(shown);
    return () => {
      observer.disconnect();
      window.clearInterval(timer);
    };
  }, [isReady, length, area]);
  return bar;
}
