'use client';
import type { IChartApi } from 'lightweight-charts';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Palette } from './palette.ts';
import { PreviewDrawing, type ColumnBars, type DrawnRun, type Line } from './preview-drawing.ts';
import { useChart } from './use-chart.ts';

export interface PreviewChartProps {
  readonly bars: ColumnBars;
  readonly run: DrawnRun;
  readonly lines: readonly Line[];
  readonly onBar: (bar: number | null) => void;
  /** The bar that the chart shows last, where the page moves the chart and not the person. */
  readonly bar?: number;
}

/** Candles with the trades of a run, what else is to be seen over them, and the equity below. */
export function PreviewChart({ bars, run, lines, onBar, bar }: PreviewChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const [drawing] = useState(() => new PreviewDrawing());
  const draw = useCallback(
    (chart: IChartApi, palette: Palette) => drawing.build(chart, palette, bars),
    [drawing, bars],
  );
  useChart(element, draw);
  useEffect(() => drawing.showRun(run), [drawing, run]);
  useEffect(() => drawing.showLines(lines), [drawing, lines]);
  useEffect(() => drawing.follow(onBar), [drawing, onBar]);
  useEffect(() => {
    if (bar !== undefined) drawing.showUpTo(bar);
  }, [drawing, bar]);
  return (
    <div
      ref={element}
      role="group"
      aria-label="Prices with the trades of the preview, and its equity"
      className="size-full"
    />
  );
}
