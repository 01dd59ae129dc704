import {
  AreaSeries,
  BaselineSeries,
  CandlestickSeries,
  createSeriesMarkers,
  LineSeries,
  type IChartApi,
  type ISeriesApi,
  type SeriesMarker,
  type UTCTimestamp,
} from 'lightweight-charts';
import { indexFrom } from '#core/market/index-from.ts';
import { faded, type Palette } from './palette.ts';
import { chartPercent, formatOfBars, formatOfLine } from './price-format.ts';
import type { Legended } from './readout.ts';
import type { ResultData } from './result-data.ts';
import { apart, areWorded, markersOf, readable, tradesWithin, type ChartTrade } from './trade-markers.ts';
import { chartTime } from './use-chart.ts';

/** A line of the formula's own. */
export interface ResultLine {
  readonly title: string;
  /** UTC milliseconds, and one value for each; NaN where there is none. */
  readonly time: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

export interface ResultSeries {
  readonly prices: ISeriesApi<'Candlestick'>;
  /** What the legend names. */
  legended(): readonly Legended[];
  /** Over the prices where they are of their size, else in a pane below; at the times of the bars that are drawn. */
  draw(lines: readonly ResultLine[], times: readonly number[]): void;
  /** Marks the bar that is explained. */
  pin(time: number | null): void;
  show(data: ResultData): void;
  /**
   * Marks the trades of what is looked at, unless they are too many to be told apart; gives how many were left out
   * then.
   */
  mark(trades: readonly ChartTrade[], range: { readonly from: number; readonly to: number }): number;
}

/** More marks than these cover each other, and the prices. */
const MOST_MARKED = 250;

const LINE_COLORS = ['thread-3', 'thread-2', 'accent'] as const;
const LINE_STYLES = [0, 2, 1] as const;

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
    formatter: chartPercent,
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
  // Room for marks in pixels would begin a scale of prices at 676 at zero.
  const markers = createSeriesMarkers(candles, [], { autoScale: false });
  candles.priceScale().applyOptions({ scaleMargins: { top: 0.14, bottom: 0.12 } });
  const held = chart.addSeries(LineSeries, { ...MONEY, color: palette.faint, lineWidth: 1, lineStyle: 2 }, 1);
  const equity = chart.addSeries(
    AreaSeries,
    {
      ...MONEY,
      lineColor: palette['thread-1'],
      lineWidth: 2,
      topColor: faded(palette['thread-1'], 0.2),
      bottomColor: faded(palette['thread-1'], 0),
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
    },
    2,
  );
  chart.panes().forEach((pane, index) => pane.setStretchFactor([5, 3, 2][index] ?? 1));
  const drawn: Legended[] = [];
  let pinned: number | null = null;
  let marked: SeriesMarker<UTCTimestamp>[] = [];
  const setMarkers = (): void => {
    const pin: SeriesMarker<UTCTimestamp>[] =
      pinned === null
        ? []
        : [{ time: chartTime(pinned), position: 'belowBar', shape: 'square', color: palette.accent, text: 'why' }];
    markers.setMarkers([...marked, ...pin].sort((a, b) => a.time - b.time));
  };
  return {
    prices: candles,
    legended: () => [
      { series: candles, title: '', color: palette.ink },
      ...drawn,
      { series: equity, title: 'Equity', color: palette['thread-1'] },
      { series: held, title: 'Buy and hold', color: palette.faint },
      { series: drawdown, title: 'Drawdown', color: palette.down },
    ],
    draw: (lines, times) => {
      for (const { series } of drawn.splice(0)) chart.removeSeries(series);
      lines.forEach(({ title, time, values }, index) => {
        const color = palette[LINE_COLORS[index % LINE_COLORS.length] ?? 'thread-3'];
        const isPrice = isOfSize(values, candles.data().at(-1));
        const series = chart.addSeries(
          LineSeries,
          {
            ...(isPrice ? { priceFormat: candles.options().priceFormat } : formatOfLine(values)),
            color,
            lineWidth: 1,
            lineStyle: LINE_STYLES[Math.floor(index / LINE_COLORS.length) % LINE_STYLES.length] ?? 0,
            priceLineVisible: false,
            lastValueVisible: false,
          },
          isPrice ? 0 : 3,
        );
        series.setData(
          times.map((at) => {
            const bar = indexFrom(time, at);
            const value = time[bar] === at ? (values[bar] ?? Number.NaN) : Number.NaN;
            return Number.isFinite(value) ? { time: chartTime(at), value } : { time: chartTime(at) };
          }),
        );
        drawn.push({ series, title, color });
      });
      chart.panes().forEach((pane, index) => pane.setStretchFactor([5, 3, 2, 2][index] ?? 1));
    },
    pin: (time) => {
      pinned = time;
      setMarkers();
    },
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
        marked = [];
        setMarkers();
        return within.length;
      }
      const scale = chart.timeScale();
      const words = areWorded(within.length, scale.width())
        ? readable(within, (time) => scale.timeToCoordinate(chartTime(time)), scale.width())
        : false;
      marked = apart(markersOf(within, palette, words), (time) => scale.timeToCoordinate(time), palette.muted);
      setMarkers();
      return 0;
    },
  };
}

/** Whether a line can be read on the scale of the prices: its last value is within half and twice the last close. */
function isOfSize(values: ArrayLike<number>, last: object | undefined): boolean {
  const close = last && 'close' in last && typeof last.close === 'number' ? last.close : Number.NaN;
  for (let bar = values.length - 1; bar >= 0; bar -= 1) {
    const value = values[bar] ?? Number.NaN;
    if (!Number.isNaN(value)) return value > close / 2 && value < close * 2;
  }
  return true;
}
