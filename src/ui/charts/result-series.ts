import {
  AreaSeries,
  BaselineSeries,
  CandlestickSeries,
  createSeriesMarkers,
  LineSeries,
  type IChartApi,
} from 'lightweight-charts';
import { faded, type Palette } from './palette.ts';
import { formatOfBars } from './price-format.ts';
import type { ResultData } from './result-data.ts';
import { areWorded, markersOf, readable, tradesWithin, type ChartTrade } from './trade-markers.ts';
import { chartTime } from './use-chart.ts';

export interface ResultSeries {
  show(data: ResultData): void;
  /**
   * Marks the trades of what is looked at, unless they are too many to be told apart; gives how many were left out
   * then.
   */
  mark(trades: readonly ChartTrade[], range: { readonly from: number; readonly to: number }): number;
}

/** More marks than these cover each other, and the prices. */
const MOST_MARKED = 250;

const MONEY = {
  priceFormat: {
    type: 'custom' as const,
    minMove: 1,
    formatter: (value: number) => Math.round(value).toLocaleString('en-US'),
  },
  priceLineVisible: false,
};
const PERCENT = {
  priceFormat: {
    type: 'custom' as const,
    minMove: 0.0001,
    formatter: (value: number) => `${(value * 100).toFixed(1)} %`,
  },
  priceLineVisible: false,
};

export function addResultSeries(chart: IChartApi, palette: Palette): ResultSeries {
  const candles = chart.addSeries(CandlestickSeries, {
    upColor: palette.up,
    downColor: palette.down,
    borderVisible: false,
    wickUpColor: palette.up,
    wickDownColor: palette.down,
    priceLineVisible: false,
  });
  const markers = createSeriesMarkers(candles);
  const held = chart.addSeries(
    LineSeries,
    { ...MONEY, color: palette.faint, lineWidth: 1, lineStyle: 2, title: 'Buy and hold' },
    1,
  );
  const equity = chart.addSeries(
    AreaSeries,
    {
      ...MONEY,
      lineColor: palette['thread-1'],
      lineWidth: 2,
      topColor: faded(palette['thread-1'], 0.2),
      bottomColor: faded(palette['thread-1'], 0),
      title: 'Equity',
    },
    1,
  );
  const drawdown = chart.addSeries(
    BaselineSeries,
    {
      ...PERCENT,
      baseValue: { type: 'price', price: 0 },
      lineWidth: 1,
      topLineColor: palette.faint,
      topFillColor1: 'transparent',
      topFillColor2: 'transparent',
      bottomLineColor: palette.down,
      bottomFillColor1: faded(palette.down, 0.08),
      bottomFillColor2: faded(palette.down, 0.28),
      title: 'Drawdown',
    },
    2,
  );
  chart.panes().forEach((pane, index) => pane.setStretchFactor([5, 3, 2][index] ?? 1));
  return {
    show: (data) => {
      const { open, high, low, close } = data.bars;
      const line = (values: readonly number[]) =>
        data.time.map((at, index) => ({ time: chartTime(at), value: values[index] ?? 0 }));
      candles.applyOptions(formatOfBars(data.bars));
      candles.setData(
        data.bars.time.map((at, index) => ({
          time: chartTime(at),
          open: open[index] ?? 0,
          high: high[index] ?? 0,
          low: low[index] ?? 0,
          close: close[index] ?? 0,
        })),
      );
      held.setData(line(data.benchmark));
      equity.setData(line(data.equity));
      drawdown.setData(line(data.drawdown));
    },
    mark: (trades, range) => {
      const within = tradesWithin(trades, range);
      if (within.length > MOST_MARKED) {
        markers.setMarkers([]);
        return within.length;
      }
      markers.setMarkers(
        markersOf(
          within,
          palette,
          areWorded(within.length, chart.timeScale().width())
            ? readable(within, (time) => chart.timeScale().timeToCoordinate(chartTime(time)), chart.timeScale().width())
            : false,
        ),
      );
      return 0;
    },
  };
}
