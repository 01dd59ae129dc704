'use client';
import type { IChartApi } from 'lightweight-charts';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { ChartFrame } from './chart-frame.tsx';
import type { Palette } from './palette.ts';
import { Readout } from './readout.ts';
import { withDetail, type ResultData } from './result-data.ts';
import { addResultSeries, type ResultLine, type ResultSeries } from './result-series.ts';
import type { ChartTrade } from './trade-markers.ts';
import { chartTime, timeOf, useChart } from './use-chart.ts';

interface Range {
  readonly from: number;
  readonly to: number;
}

export interface ResultChartProps {
  /** The whole run, as fine as a screen can show it. */
  readonly whole: ResultData;
  /** A part of it, finer; null for none. */
  readonly detail: ResultData | null;
  /** In the order of their entries. */
  readonly trades: readonly ChartTrade[];
  /** The time that is shown large from when it is given on; null for none. */
  readonly focus: Range | null;
  /** Told what is looked at, once it stays. */
  readonly onLook: (range: Range) => void;
  /** The formula's own lines. */
  readonly lines?: readonly ResultLine[];
  /** The bar that is explained, by its time. */
  readonly pinned?: number | null;
  /** The time of a bar that was clicked. */
  readonly onPick?: (time: number) => void;
  readonly tools?: ReactNode;
}

const NO_LINES: readonly ResultLine[] = [];

/** So long people look at something before more of it is fetched. */
const STAYS_MS = 150;

/** Candles with trades, equity against buy and hold, and what is lost from the peak: three panes over one time. */
export function ResultChart(props: ResultChartProps) {
  const { whole, detail, trades, focus, onLook, lines = NO_LINES, pinned = null, onPick, tools } = props;
  const element = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => withDetail(whole, detail), [whole, detail]);
  const latest = useRef({ shown, onLook, onPick });
  const [readout] = useState(() => new Readout());
  const [built, setBuilt] = useState(0);
  const series = useRef<ResultSeries | null>(null);
  const [hidden, setHidden] = useState(0);
  const draw = useCallback(
    (chart: IChartApi, palette: Palette) => {
      const added = addResultSeries(chart, palette);
      series.current = added;
      added.show(latest.current.shown);
      readout.follow(chart, () => added.legended());
      chart.subscribeClick(({ time, point }) => {
        if (point && time !== undefined) latest.current.onPick?.(timeOf(time));
      });
      setBuilt((count) => count + 1);
      let timer: ReturnType<typeof setTimeout> | undefined;
      chart.timeScale().subscribeVisibleTimeRangeChange((visible) => {
        if (!visible) return;
        const range = { from: timeOf(visible.from), to: timeOf(visible.to) };
        setHidden(added.mark(trades, range));
        clearTimeout(timer);
        timer = setTimeout(() => latest.current.onLook(range), STAYS_MS);
      });
    },
    [trades, readout],
  );
  const chart = useChart(element, draw);

  useEffect(() => {
    const before = latest.current.shown;
    latest.current = { shown, onLook, onPick };
    const scale = chart.current?.timeScale();
    if (!scale || before === shown) return;
    // The library counts in points: what is looked at stays only by its times.
    const visible = scale.getVisibleRange();
    series.current?.show(shown);
    if (visible) scale.setVisibleRange(visible);
    readout.update();
  }, [chart, shown, onLook, onPick, readout]);

  useEffect(() => {
    series.current?.draw(lines, shown.bars.time);
    requestAnimationFrame(() => readout.update());
  }, [lines, shown, built, readout]);
  useEffect(() => series.current?.pin(pinned), [pinned, built]);

  useEffect(() => {
    if (focus) chart.current?.timeScale().setVisibleRange({ from: chartTime(focus.from), to: chartTime(focus.to) });
  }, [chart, focus]);

  const times = shown.bars.time;
  return (
    <div className="relative h-full min-h-110 w-full">
      <ChartFrame
        chart={chart}
        built={built}
        prices={() => series.current?.prices ?? null}
        readout={readout}
        times={times}
        label="Prices with trades, equity against buy and hold, and drawdown"
        onPick={(bar) => {
          const time = times[bar];
          if (time !== undefined) onPick?.(time);
        }}
        hasTrades={trades.length > 0}
        tools={tools}
      >
        <div ref={element} className="size-full" />
        {hidden > 0 ? (
          <p className="pointer-events-none absolute top-7 left-3 z-2 rounded bg-surface/80 px-1.5 py-0.5 text-xs text-muted">
            {hidden.toLocaleString('en-US')} trades here: zoom in to see them.
          </p>
        ) : null}
      </ChartFrame>
    </div>
  );
}
