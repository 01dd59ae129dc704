import type { IChartApi, ISeriesApi, MouseEventParams, SeriesType } from 'lightweight-charts';
import { createEmitter } from '#core/emitter/emitter.ts';

/** A series that the legend names. */
export interface Legended {
  readonly series: ISeriesApi<SeriesType>;
  readonly title: string;
  readonly color: string;
}

export interface ReadoutItem {
  readonly title: string;
  readonly color: string;
  readonly text: string;
}

/** What the legend of one pane says. */
export interface ReadoutPane {
  /** Pixels from the top of the chart. */
  readonly top: number;
  /** So low that the library's mark, which stands at the left of the last pane, is as high as the pane. */
  readonly isLow: boolean;
  readonly items: readonly ReadoutItem[];
}

const NOTHING: readonly ReadoutPane[] = [];
const SEPARATOR = 1;
/** Pixels. */
const LOW = 64;

/** What the series of a chart are at the bar under the crosshair; without one, at their last bar. */
export class Readout {
  readonly #changed = createEmitter<void>();
  #panes = NOTHING;
  #chart: IChartApi | null = null;
  #legended: () => readonly Legended[] = () => [];
  #at: number | null = null;

  readonly subscribe = this.#changed.subscribe;
  readonly panes = (): readonly ReadoutPane[] => this.#panes;

  /** Reads this chart from now on; `legended` gives the series that there are at the moment. */
  follow(chart: IChartApi, legended: () => readonly Legended[]): void {
    this.#chart = chart;
    this.#legended = legended;
    this.#at = null;
    chart.subscribeCrosshairMove(({ logical, point }: MouseEventParams) => {
      this.#at = point && logical !== undefined ? Math.round(logical) : null;
      this.update();
    });
    // The library gives panes their heights with its next frame.
    requestAnimationFrame(() => {
      if (this.#chart === chart) this.update();
    });
  }

  leave(): void {
    this.#chart = null;
  }

  /** Shows a bar as if the crosshair were there; null leaves it. */
  at(bar: number | null): void {
    this.#at = bar;
    this.update();
  }

  /** Reads again: after other data, another size. */
  update(): void {
    const chart = this.#chart;
    if (!chart) return;
    const tops: number[] = [];
    const low: boolean[] = [];
    let top = 0;
    for (const pane of chart.panes()) {
      tops.push(top);
      low.push(pane.getHeight() < LOW);
      top += pane.getHeight() + SEPARATOR;
    }
    const items = tops.map((): ReadoutItem[] => []);
    for (const { series, title, color } of this.#legended())
      items[series.getPane().paneIndex()]?.push({ title, color, text: textAt(series, this.#at) });
    this.#panes = tops.map((at, pane) => ({ top: at, isLow: low[pane] ?? false, items: items[pane] ?? [] }));
    this.#changed.emit();
  }
}

function textAt(series: ISeriesApi<SeriesType>, at: number | null): string {
  const datum = at === null ? series.data().at(-1) : series.dataByIndex(at);
  if (!datum) return '–';
  const format = (value: number): string => series.priceFormatter().format(value);
  if (isBar(datum)) {
    const { open, high, low, close } = datum;
    const before = at === null ? series.data().at(-2) : series.dataByIndex(at - 1);
    const change = before && isBar(before) && before.close !== 0 ? (close / before.close - 1) * 100 : Number.NaN;
    const moved = Number.isNaN(change) ? '' : ` ${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(2)}%`;
    return `O ${format(open)} H ${format(high)} L ${format(low)} C ${format(close)}${moved}`;
  }
  return 'value' in datum && typeof datum.value === 'number' ? format(datum.value) : 'na';
}

type Prices = Readonly<Record<'open' | 'high' | 'low' | 'close', number>>;

const isBar = (datum: object): datum is Prices => 'close' in datum && typeof datum.close === 'number';
