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
import { isOfSize } from './is-of-size.ts';
import { faded, type Palette } from './palette.ts';
import { formatOfBars, formatOfLine } from './price-format.ts';
import { Readout, type Legended } from './readout.ts';
import { apart, areWorded, markersOf, readable, tradesWithin, type ChartTrade } from './trade-markers.ts';
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

/** Who hears of what people do with the chart. */
export interface Heard {
  /** The bar under the crosshair, null when the pointer is elsewhere. */
  readonly onBar: (bar: number | null) => void;
  /** A bar that was clicked. */
  readonly onPick: (bar: number) => void;
  /** The bars in sight, the last one left out. */
  readonly onRange: (span: { readonly from: number; readonly to: number }) => void;
}

interface Parts {
  readonly chart: IChartApi;
  readonly palette: Palette;
  readonly bars: ColumnBars;
  readonly candles: ISeriesApi<'Candlestick'>;
  readonly markers: ISeriesMarkersPluginApi<Time>;
  readonly equity: ISeriesApi<'Area'>;
  readonly benchmark: ISeriesApi<'Line'>;
  readonly lines: (Legended & { readonly series: ISeriesApi<'Line'> })[];
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
 * the prices, and its room for marks nothing.
 */
const MARGINS = { top: 0.06, bottom: 0.06 };
const MARKED_MARGINS = { top: 0.16, bottom: 0.14 };
/** With words at the marks, in pixels: the words would be cut at the edge. */
const WORDED = { top: 34, bottom: 26 };
/** Of the pane of the prices, for words at trades. */
const LEAST_HEIGHT = 110;
const LINE_COLORS = ['thread-3', 'thread-2', 'accent'] as const;
/** Lines of one colour differ in how they are drawn. */
const LINE_STYLES = [0, 2, 1] as const;
const STRETCH = [5, 3, 2];
/** While the page moves the chart: about a year of days, as candles that can be seen. */
const BARS_IN_SIGHT = 160;

/**
 * What is drawn into the chart of a preview. New runs go into the same chart, so that the view stays where it is; a new
 * chart gets all of it again.
 */
export class PreviewDrawing {
  readonly readout = new Readout();
  #heard: Heard = { onBar: () => undefined, onPick: () => undefined, onRange: () => undefined };
  #pinned: number | null = null;
  #parts: Parts | null = null;
  #run: DrawnRun | null = null;
  #lines: readonly Line[] = [];

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
    candles.priceScale().applyOptions({ scaleMargins: MARKED_MARGINS });
    this.#parts = {
      chart,
      palette,
      bars,
      candles,
      markers: createSeriesMarkers(candles, [], { autoScale: false }),
      benchmark: chart.addSeries(LineSeries, { ...MONEY, color: palette.faint, lineWidth: 1, lineStyle: 2 }, 1),
      equity: chart.addSeries(
        AreaSeries,
        {
          ...MONEY,
          lineColor: palette['thread-1'],
          lineWidth: 2,
          topColor: faded(palette['thread-1'], 0.2),
          bottomColor: faded(palette['thread-1'], 0),
        },
        1,
      ),
      lines: [],
    };
    chart.subscribeCrosshairMove(({ logical, point }) => {
      const bar = point && logical !== undefined ? Math.round(logical) : -1;
      this.#heard.onBar(bar >= 0 && bar < bars.length ? bar : null);
    });
    chart.subscribeClick(({ logical, point }) => {
      const bar = point && logical !== undefined ? Math.round(logical) : -1;
      if (bar >= 0 && bar < bars.length) this.#heard.onPick(bar);
    });
    chart.timeScale().subscribeVisibleLogicalRangeChange((visible) => {
      if (!visible) return;
      const from = Math.max(0, Math.floor(visible.from));
      this.#heard.onRange({ from, to: Math.max(from + 1, Math.min(bars.length, Math.ceil(visible.to) + 1)) });
    });
    chart.timeScale().subscribeVisibleTimeRangeChange(() => {
      // Which marks have room, and which words, changes with the view.
      this.#mark();
    });
    this.#parts.equity.priceScale().applyOptions({ scaleMargins: MARGINS });
    if (this.#run) this.showRun(this.#run);
    this.showLines(this.#lines);
    this.readout.follow(chart, () => this.#legended());
  }

  prices(): ISeriesApi<'Candlestick'> | null {
    return this.#parts?.candles ?? null;
  }

  #legended(): readonly Legended[] {
    if (!this.#parts) return [];
    const { palette, candles, equity, benchmark, lines } = this.#parts;
    return [
      { series: candles, title: '', color: palette.ink },
      ...lines,
      { series: equity, title: 'Equity', color: palette['thread-1'] },
      { series: benchmark, title: 'Buy and hold', color: palette.faint },
    ];
  }

  follow(heard: Heard): void {
    this.#heard = heard;
  }

  /** Marks the bar that is explained. */
  pin(bar: number | null): void {
    if (bar === this.#pinned) return;
    this.#pinned = bar;
    this.#mark();
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
    this.readout.update();
  }

  #mark(): void {
    if (!this.#parts || !this.#run) return;
    const { bars, chart, markers, palette } = this.#parts;
    const { trades } = this.#run;
    const isWorded = this.#isRoomForWords();
    this.#makeRoom(isWorded);
    const marks = markersOf(trades, palette, isWorded ? this.#readable(trades) : false);
    const scale = chart.timeScale();
    const shown = apart(marks, (time) => scale.timeToCoordinate(time), palette.muted);
    if (this.#pinned !== null && this.#pinned < bars.length)
      shown.push({
        time: timeAt(bars, this.#pinned),
        position: 'belowBar',
        shape: 'square',
        color: palette.accent,
        size: 0.8,
        text: 'why',
      });
    markers.setMarkers(shown.toSorted((a, b) => a.time - b.time));
  }

  /** Room above and below the prices, for the marks. */
  #makeRoom(isWorded: boolean): void {
    if (!this.#parts) return;
    const { chart, candles } = this.#parts;
    const height = chart.panes()[0]?.getHeight() ?? 0;
    const scaleMargins =
      isWorded && height > 0 ? { top: WORDED.top / height, bottom: WORDED.bottom / height } : MARKED_MARGINS;
    const before = candles.priceScale().options().scaleMargins;
    if (before.top === scaleMargins.top && before.bottom === scaleMargins.bottom) return;
    candles.priceScale().applyOptions({ scaleMargins });
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
    for (const { series } of old.splice(0)) chart.removeSeries(series);
    lines.forEach(({ title, values }, index) => {
      const color = palette[LINE_COLORS[index % LINE_COLORS.length] ?? 'thread-3'];
      const isPrice = isOfSize(values, bars);
      const series = chart.addSeries(
        LineSeries,
        {
          ...(isPrice ? formatOfBars(bars) : formatOfLine(values)),
          color,
          lineWidth: 1,
          lineStyle: LINE_STYLES[Math.floor(index / LINE_COLORS.length) % LINE_STYLES.length] ?? 0,
          priceLineVisible: false,
          lastValueVisible: false,
        },
        isPrice ? 0 : 2,
      );
      series.setData(points(bars, values));
      old.push({ series, title, color });
    });
    chart.panes().forEach((pane, index) => pane.setStretchFactor(STRETCH[index] ?? 1));
    requestAnimationFrame(() => this.readout.update());
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
