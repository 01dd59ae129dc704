'use client';
import type { IChartApi, ISeriesApi, SeriesType } from 'lightweight-charts';
import { useState, type RefObject } from 'react';
import { measured, measuredAloud, type MeasuredPoint } from './measure.ts';
import { chartTime, timeOf } from './use-chart.ts';

export interface DrawnMeasure {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly aloud: string;
}

export const Measured = ({ left, top, width, height, text, aloud }: DrawnMeasure) => (
  <div
    data-testid="measured"
    style={{ left, top, width, height }}
    className="pointer-events-none absolute z-3 border border-accent bg-accent/15"
  >
    <p className="tabular absolute bottom-full left-0 mb-0.5 rounded-sm bg-ink px-1.5 py-0.5 text-2xs whitespace-nowrap text-surface">
      <span aria-hidden>{text}</span>
      <span role="status" className="sr-only">
        {aloud}
      </span>
    </p>
  </div>
);

interface MeasureOptions {
  readonly chart: RefObject<IChartApi | null>;
  /** The series of the prices. */
  readonly prices: () => ISeriesApi<SeriesType> | null;
  /** Of all bars, UTC milliseconds. */
  readonly times: ArrayLike<number>;
  /** Told when somebody lets go of the pointer. */
  readonly onEnd: () => void;
}

/** A rectangle over the chart, by pointer or from bar to bar, and what lies between its corners. */
export function useMeasure({ chart, prices, times, onEnd }: MeasureOptions) {
  const [drawn, setDrawn] = useState<DrawnMeasure | null>(null);
  const pointAt = (x: number, y: number): MeasuredPoint => {
    const logical = chart.current?.timeScale().coordinateToLogical(x) ?? 0;
    const bar = Math.min(times.length - 1, Math.max(0, Math.round(logical)));
    const height = chart.current?.panes()[0]?.getHeight() ?? 0;
    const price = y <= height ? (prices()?.coordinateToPrice(y) ?? Number.NaN) : Number.NaN;
    const shown = chart.current?.timeScale().coordinateToTime(x);
    return { bar: logical, time: shown === null || shown === undefined ? (times[bar] ?? 0) : timeOf(shown), price };
  };
  const wordsOf = (from: MeasuredPoint, to: MeasuredPoint): Pick<DrawnMeasure, 'text' | 'aloud'> => {
    const formatter = prices()?.priceFormatter();
    const format = (price: number): string => formatter?.format(price) ?? String(price);
    return { text: measured(from, to, format), aloud: measuredAloud(from, to, format) };
  };
  const closeOf = (bar: number): MeasuredPoint & { readonly x: number; readonly y: number } => {
    const series = prices();
    const datum = series?.dataByIndex(bar);
    const price = datum && 'close' in datum ? datum.close : Number.NaN;
    const time = times[bar] ?? 0;
    const x = chart.current?.timeScale().timeToCoordinate(chartTime(time)) ?? 0;
    return { bar, time, price, x, y: series?.priceToCoordinate(price) ?? 0 };
  };
  /** Measures from the close of a bar to the close of another. */
  const between = (first: number, last: number): void => {
    const [from, to] = [closeOf(first), closeOf(last)];
    setDrawn({
      left: Math.min(from.x, to.x),
      top: Math.min(from.y, to.y),
      width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y),
      ...wordsOf(from, to),
    });
  };
  const begin = (
    event: { clientX: number; clientY: number } & Pick<Event, 'preventDefault' | 'stopPropagation'>,
    element: Element,
  ): void => {
    event.preventDefault();
    event.stopPropagation();
    const corner = element.getBoundingClientRect();
    const [x0, y0] = [event.clientX - corner.left, event.clientY - corner.top];
    const from = pointAt(x0, y0);
    const move = ({ clientX, clientY }: MouseEvent): void => {
      const [x, y] = [clientX - corner.left, clientY - corner.top];
      const to = pointAt(x, y);
      setDrawn({
        left: Math.min(x0, x),
        top: Math.min(y0, y),
        width: Math.abs(x - x0),
        height: Math.abs(y - y0),
        ...wordsOf(from, to),
      });
    };
    const end = (): void => {
      window.removeEventListener('mousemove', move);
      window.removeEventListener('mouseup', end);
      onEnd();
    };
    window.addEventListener('mousemove', move);
    window.addEventListener('mouseup', end);
  };
  return { drawn, begin, between, clear: () => setDrawn(null) };
}
