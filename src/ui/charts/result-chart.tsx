'use client';
import { AreaSeries, BaselineSeries, CandlestickSeries, createSeriesMarkers, LineSeries, type IChartApi, type UTCTimestamp } from 'lightweight-charts';
import { useCallback, useEffect, useRef } from 'react';
import { faded, type Palette } from './palette.ts';
import { markersOf, type ChartTrade } from './trade-markers.ts';
import { chartTime, useChart } from './use-chart.ts';

export interface ChartBars {
  readonly time: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
}

export interface ResultChartProps {
  readonly bars: ChartBars;
  readonly trades: readonly ChartTrade[];
  /** One value a time of `time`; times are UTC milliseconds. */
  readonly time: readonly number[];
  readonly equity: readonly number[];
  readonly benchmark: readonly number[];
  readonly drawdown: readonly number[];
  /** The trade that is shown large; null for all. */
  readonly focus: ChartTrade | null;
}

/** More points than a screen has pixels are not drawn; each keeps its last value. */
const MOST_POINTS = 20_000;

function points(time: readonly number[], values: readonly number[]): { time: UTCTimestamp; value: number }[] {
  const stride = Math.max(1, Math.ceil(time.length / MOST_POINTS));
  const shown: { time: UTCTimestamp; value: number }[] = [];
  for (let index = stride - 1; index < time.length; index += stride) shown.push({ time: chartTime(time[index] ?? 0), value: values[index] ?? 0 });
  return shown;
}

/** Candles with trades, equity against buy and hold, and what is lost from the peak: three panes over one time. */
export function ResultChart({ bars, trades, time, equity, benchmark, drawdown, focus }: ResultChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const draw = useCallback((chart: IChartApi, palette: Palette) => {
    drawCandles(chart, palette, bars, trades);
    const money = { priceFormat: { type: 'custom' as const, minMove: 1, formatter: (value: number) => Math.round(value).toLocaleString('en-US') }, priceLineVisible: false };
    chart.addSeries(LineSeries, { ...money, color: palette.faint, lineWidth: 1, lineStyle: 2, title: 'Buy and hold' }, 1).setData(points(time, benchmark));
    chart.addSeries(AreaSeries, { ...money, lineColor: palette['thread-1'], lineWidth: 2, topColor: faded(palette['thread-1'], 0.2), bottomColor: faded(palette['thread-1'], 0), title: 'Equity' }, 1).setData(points(time, equity));
    const percent = { priceFormat: { type: 'custom' as const, minMove: 0.0001, formatter: (value: number) => `${(value * 100).toFixed(1)} %` }, priceLineVisible: false };
    chart.addSeries(BaselineSeries, {
      ...percent, baseValue: { type: 'price', price: 0 }, lineWidth: 1, topLineColor: palette.faint, topFillColor1: 'transparent', topFillColor2: 'transparent',
      bottomLineColor: palette.down, bottomFillColor1: faded(palette.down, 0.08), bottomFillColor2: faded(palette.down, 0.28), title: 'Drawdown',
    }, 2).setData(points(time, drawdown));
    chart.panes().forEach((pane, index) => pane.setStretchFactor([5, 3, 2][index] ?? 1));
  }, [bars, trades, time, equity, benchmark, drawdown]);
  const chart = useChart(element, draw);

  useEffect(() => {
    const scale = chart.current?.timeScale();
    if (!scale || !focus) return;
    const margin = Math.max((focus.exitTime - focus.entryTime) * 0.6, 20 * 86_400_000);
    scale.setVisibleRange({ from: chartTime(focus.entryTime - margin), to: chartTime(focus.exitTime + margin) });
  }, [chart, focus]);

  return <div ref={element} role="group" aria-label="Prices with trades, equity against buy and hold, and drawdown" className="h-full min-h-110 w-full" />;
}

function drawCandles(chart: IChartApi, palette: Palette, bars: ChartBars, trades: readonly ChartTrade[]): void {
  const candles = chart.addSeries(CandlestickSeries, {
    upColor: palette.up, downColor: palette.down, borderVisible: false, wickUpColor: palette.up, wickDownColor: palette.down, priceLineVisible: false,
  });
  const { time, open, high, low, close } = bars;
  candles.setData(time.map((at, index) => ({ time: chartTime(at), open: open[index] ?? 0, high: high[index] ?? 0, low: low[index] ?? 0, close: close[index] ?? 0 })));
  createSeriesMarkers(candles, trades.flatMap((trade) => markersOf(trade, palette)).sort((a, b) => Number(a.time) - Number(b.time)));
}
