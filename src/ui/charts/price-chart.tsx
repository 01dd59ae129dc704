'use client';
import { CandlestickSeries, type IChartApi } from 'lightweight-charts';
import { useCallback, useRef } from 'react';
import type { Palette } from './palette.ts';
import { formatOfBars } from './price-format.ts';
import type { ChartBars } from './result-data.ts';
import { chartTime, useChart } from './use-chart.ts';

/** Candles and nothing else. */
export function PriceChart({ bars, label }: { readonly bars: ChartBars; readonly label: string }) {
  const element = useRef<HTMLDivElement>(null);
  const draw = useCallback(
    (chart: IChartApi, palette: Palette) => {
      const candles = chart.addSeries(CandlestickSeries, {
        upColor: palette.up,
        downColor: palette.down,
        borderVisible: false,
        wickUpColor: palette.up,
        wickDownColor: palette.down,
        priceLineVisible: false,
        ...formatOfBars(bars),
      });
      candles.setData(
        bars.time.map((at, index) => ({
          time: chartTime(at),
          open: bars.open[index] ?? 0,
          high: bars.high[index] ?? 0,
          low: bars.low[index] ?? 0,
          close: bars.close[index] ?? 0,
        })),
      );
    },
    [bars],
  );
  useChart(element, draw);
  return <div ref={element} role="group" aria-label={label} className="h-72 w-full" />;
}
