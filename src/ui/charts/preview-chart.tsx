'use client';
import type { IChartApi } from 'lightweight-charts';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { ChartFrame } from './chart-frame.tsx';
import type { Palette } from './palette.ts';
import { PreviewDrawing, type ColumnBars, type DrawnRun, type Heard, type Line } from './preview-drawing.ts';
import { useChart } from './use-chart.ts';

export interface PreviewChartProps extends Heard {
  readonly bars: ColumnBars;
  readonly run: DrawnRun;
  readonly lines: readonly Line[];
  /** The bar that is explained. */
  readonly pinned: number | null;
  readonly tools?: ReactNode;
  /** The bar that the chart shows last, where the page moves the chart and not the person. */
  readonly bar?: number;
}

/** Candles with the trades of a run, what else is to be seen over them, and the equity below. */
export function PreviewChart({ bars, run, lines, pinned, tools, bar, onBar, onPick, onRange }: PreviewChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const [drawing] = useState(() => new PreviewDrawing());
  const [built, setBuilt] = useState(0);
  const draw = useCallback(
    (chart: IChartApi, palette: Palette) => {
      drawing.build(chart, palette, bars);
      setBuilt((count) => count + 1);
    },
    [drawing, bars],
  );
  const chart = useChart(element, draw);
  useEffect(() => drawing.showRun(run), [drawing, run]);
  useEffect(() => drawing.showLines(lines), [drawing, lines]);
  useEffect(() => drawing.pin(pinned), [drawing, pinned]);
  useEffect(() => drawing.follow({ onBar, onPick, onRange }), [drawing, onBar, onPick, onRange]);
  useEffect(() => {
    if (bar !== undefined) drawing.showUpTo(bar);
  }, [drawing, bar]);
  return (
    <ChartFrame
      chart={chart}
      built={built}
      prices={() => drawing.prices()}
      readout={drawing.readout}
      times={bars.time}
      label="Prices with the trades of the preview, and its equity"
      onBar={onBar}
      onPick={onPick}
      hasTrades={run.trades.length > 0}
      tools={tools}
    >
      <div ref={element} className="size-full" />
    </ChartFrame>
  );
}
