import {
  AreaSeries,
  CandlestickSeries,
  createSeriesMarkers,
  LineSeries,
  type IChartApi,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { faded, type Palette } from './palette.ts';
import { formatOfBars, formatOfLine } from './price-format.ts';
import { areWorded, markersOf, readable, tradesWithin, type ChartTrade } from './trade-markers.ts';
import { chartTime, timeOf } from './use-chart.ts';

/** Bars in columns, one number a bar. */
export interface ColumnBars {
  readonly length: number;
  readonly time: ArrayLike<number>;
  readonly open: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly close: ArrayLike<number>;
}

export interface DrawnRun {
  readonly trades: readonly ChartTrade[];
  /** Money at each bar's close. */
  readonly equity: ArrayLike<number>;
  readonly benchmark: ArrayLike<number>;
}

export interface Line {
  readonly title: string;
  /** One value a bar; NaN where there is none. */
  readonly values: ArrayLike<number>;
}

interface Parts {
  readonly chart: IChartApi;
  readonly palette: Palette;
  readonly bars: ColumnBars;
  readonly markers: ISeriesMarkersPluginApi<Time>;
  readonly equity: ISeriesApi<'Area'>;
  readonly benchmark: ISeriesApi<'Line'>;
  readonly lines: ISeriesApi<'Line'>[];
}

const MONEY = {
  priceFormat: {
    type: 'custom' as const,
    minMove: 1,
    formatter: (value: number) => Math.round(value).toLocaleString('en-US'),
  },
  priceLineVisible: false,
};
/**
 * Shares of a pane. The preview is often no higher than a hand: the library's own margins leave two thirds of that to
 * the prices.
 */
const MARGINS = { top: 0.06, bottom: 0.06 };
/** Of the pane of the prices, for words at trades. */
const LEAST_HEIGHT = 110;
const LINE_COLORS = ['thread-3', 'thread-2', 'thread-1'] as const;
const STRETCH = [5, 3, 2];
/** While the page moves the chart: about a year of days, as candles that can be seen. */
const BARS_IN_SIGHT = 160;

/**
 * What is drawn into the chart of a preview. New runs go into the same chart, so that the view stays where it is; a new
 * chart gets all of it again.
 */
export class PreviewDrawing {
  #onBar: (bar: number | null) => void = () => undefined;
  #parts: Parts | null = null;
  #run: DrawnRun | null = null;
  #lines: readonly Line[] = [];
  #isWorded = false;

  build(chart: IChartApi, palette: Palette, bars: ColumnBars): void {
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
      Array.from({ length: bars.length }, (_, index) => ({
        time: timeAt(bars, index),
        open: bars.open[index] ?? 0,
        high: bars.high[index] ?? 0,
        low: bars.low[index] ?? 0,
        close: bars.close[index] ?? 0,
      })),
    );
    candles.priceScale().applyOptions({ scaleMargins: MARGINS });
    this.#parts = {
      chart,
      palette,
      bars,
      markers: createSeriesMarkers(candles, []),
      benchmark: chart.addSeries(
        LineSeries,
        { ...MONEY, color: palette.faint, lineWidth: 1, lineStyle: 2, title: 'Buy and hold' },
        1,
      ),
      equity: chart.addSeries(
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
      ),
      lines: [],
    };
    chart.subscribeCrosshairMove(({ logical, point }) => {
      const bar = point && logical !== undefined ? Math.round(logical) : -1;
      this.#onBar(bar >= 0 && bar < bars.length ? bar : null);
    });
    chart.timeScale().subscribeVisibleTimeRangeChange(() => {
      // With words, which of them are readable changes with the view.
      if (this.#isWorded || this.#isRoomForWords()) this.#mark();
    });
    this.#parts.equity.priceScale().applyOptions({ scaleMargins: MARGINS });
    if (this.#run) this.showRun(this.#run);
    this.showLines(this.#lines);
  }

  /** `listener` gets the bar under the crosshair, null when the pointer is elsewhere. */
  follow(listener: (bar: number | null) => void): void {
    this.#onBar = listener;
  }

  /** Moves the chart so that this bar is the last in sight. */
  showUpTo(bar: number): void {
    this.#parts?.chart.timeScale().setVisibleLogicalRange({ from: bar - BARS_IN_SIGHT, to: bar + 1 });
  }

  showRun(run: DrawnRun): void {
    this.#run = run;
    if (!this.#parts) return;
    const { bars, equity, benchmark } = this.#parts;
    this.#mark();
    equity.setData(points(bars, run.equity));
    benchmark.setData(points(bars, run.benchmark));
  }

  #mark(): void {
    if (!this.#parts || !this.#run) return;
    this.#isWorded = this.#isRoomForWords();
    this.#parts.markers.setMarkers(
      markersOf(this.#run.trades, this.#parts.palette, this.#isWorded ? this.#readable(this.#run.trades) : false),
    );
  }

  #readable(trades: readonly ChartTrade[]): ReadonlySet<ChartTrade> {
    const scale = this.#parts?.chart.timeScale();
    return scale ? readable(trades, (time) => scale.timeToCoordinate(chartTime(time)), scale.width()) : new Set();
  }

  #isRoomForWords(): boolean {
    // In a low pane words would leave the prices no height.
    if ((this.#parts?.chart.panes()[0]?.getHeight() ?? 0) < LEAST_HEIGHT) return false;
    const scale = this.#parts?.chart.timeScale();
    const visible = scale?.getVisibleRange();
    if (!scale || !visible || !this.#run) return false;
    return areWorded(
      tradesWithin(this.#run.trades, { from: timeOf(visible.from), to: timeOf(visible.to) }).length,
      scale.width(),
    );
  }

  /** Over the prices where they are of their size, else in a pane of their own. */
  showLines(lines: readonly Line[]): void {
    this.#lines = lines;
    if (!this.#parts) return;
    const { chart, palette, bars, lines: old } = this.#parts;
    for (const line of old.splice(0)) chart.removeSeries(line);
    lines.forEach(({ title, values }, index) => {
      const color = palette[LINE_COLORS[index % LINE_COLORS.length] ?? 'thread-3'];
      const isPrice = isOfSize(values, bars);
      const series = chart.addSeries(
        LineSeries,
        {
          ...(isPrice ? formatOfBars(bars) : formatOfLine(values)),
          color,
          lineWidth: 1,
          title,
          priceLineVisible: false,
          lastValueVisible: false,
        },
        isPrice ? 0 : 2,
      );
      series.setData(points(bars, values));
      old.push(series);
    });
    chart.panes().forEach((pane, index) => pane.setStretchFactor(STRETCH[index] ?? 1));
  }
}

const timeAt = ({ time }: ColumnBars, index: number): UTCTimestamp => chartTime(time[index] ?? 0);

const points = (
  bars: ColumnBars,
  values: ArrayLike<number>,
): ({ time: UTCTimestamp; value: number } | { time: UTCTimestamp })[] =>
  Array.from({ length: Math.min(bars.length, values.length) }, (_, index) => {
    const value = values[index] ?? Number.NaN;
    const time = timeAt(bars, index);
    return Number.isFinite(value) ? { time, value } : { time };
  });

/** Whether a line can be read on the scale of the prices: its last value is within half and twice the last close. */
function isOfSize(values: ArrayLike<number>, { close, length }: ColumnBars): boolean {
  for (let bar = length - 1; bar >= 0; bar -= 1) {
    const value = values[bar] ?? Number.NaN;
    if (!Number.isNaN(value)) return value > (close[bar] ?? 0) / 2 && value < (close[bar] ?? 0) * 2;
  }
  return true;
}
