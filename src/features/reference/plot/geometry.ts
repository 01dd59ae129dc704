import type { Bars } from '#core/market/bars.ts';
import type { BarRange } from './plot.ts';
import { span, type Extent } from './scales.ts';

/** From a value to pixels, the highest on top. */
export type Scale = (value: number) => number;

/**
 * The extent over `height` pixels from `top` on, with a little air above and below; one value alone goes through the
 * middle.
 */
export function createScale({ low, high }: Extent, top: number, height: number): Scale {
  const size = span({ low, high });
  if (size === 0) return () => top + height / 2;
  const air = Math.min(6, height * 0.08);
  return (value) => top + air + ((high - value) / size) * (height - 2 * air);
}

const ROUND = [1, 2, 2.5, 5, 10];

/** Round values within the extent, about so many of them. */
export function ticksOf({ low, high }: Extent, about: number): number[] {
  const size = span({ low, high });
  if (!(size > 0) || !Number.isFinite(size)) return Number.isFinite(low) && low <= high ? [low] : [];
  const rough = size / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    power *
    ROUND.reduce((best, factor) =>
      Math.abs(Math.log((factor * power) / rough)) < Math.abs(Math.log((best * power) / rough)) ? factor : best,
    );
  const ticks: number[] = [];
  for (let index = Math.ceil(low / step); index * step <= high; index += 1) ticks.push(index * step);
  return ticks;
}

/** Bars side by side: the middle of each in pixels. */
export interface Axis {
  readonly window: BarRange;
  readonly step: number;
  readonly x: (bar: number) => number;
}

export function createAxis(window: BarRange, width: number): Axis {
  const step = width / Math.max(1, window.to - window.from);
  return { window, step, x: (bar) => (bar - window.from + 0.5) * step };
}

const at = (value: number): string => (Math.round(value * 10) / 10).toString();
/** The middle of a pixel: a line of one pixel is crisp there. */
const crisp = (value: number): number => Math.floor(value) + 0.5;

/** A line through the values, broken where there is none. */
export function linePath(values: Float64Array, { window, x }: Axis, y: Scale): string {
  let path = '';
  let isOpen = false;
  for (let bar = window.from; bar < window.to; bar += 1) {
    const value = values[bar] ?? Number.NaN;
    if (Number.isNaN(value)) {
      isOpen = false;
      continue;
    }
    path += `${isOpen ? 'L' : 'M'}${at(x(bar))} ${at(y(value))}`;
    isOpen = true;
  }
  return path;
}

/** Each value held over the width of its bar. */
export function stepsPath(values: Float64Array, { window, x, step }: Axis, y: Scale): string {
  let path = '';
  let isOpen = false;
  for (let bar = window.from; bar < window.to; bar += 1) {
    const value = values[bar] ?? Number.NaN;
    if (Number.isNaN(value)) {
      isOpen = false;
      continue;
    }
    const [left, right, level] = [at(x(bar) - step / 2), at(x(bar) + step / 2), at(crisp(y(value)))];
    path += `${isOpen ? 'V' : `M${left} `}${level}H${right}`;
    isOpen = true;
  }
  return path;
}

/** Columns from zero, those above it and those below apart. */
export function columnPaths(
  values: Float64Array,
  { window, x, step }: Axis,
  y: Scale,
): { above: string; below: string } {
  const paths = { above: '', below: '' };
  const width = Math.max(1, Math.floor(step * 0.6));
  for (let bar = window.from; bar < window.to; bar += 1) {
    const value = values[bar] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const left = Math.round(x(bar) - width / 2);
    paths[value >= 0 ? 'above' : 'below'] += `M${left} ${at(y(0))}V${at(y(value))}h${width}V${at(y(0))}z`;
  }
  return paths;
}

export interface CandlePaths {
  readonly wicks: string;
  readonly bodies: string;
}

/** Candles that closed at or above their open, and those that closed below. */
export function candlePaths(bars: Bars, { window, x, step }: Axis, y: Scale): { up: CandlePaths; down: CandlePaths } {
  const up = { wicks: '', bodies: '' };
  const down = { wicks: '', bodies: '' };
  // Odd, so that the wick stands in the middle.
  const half = Math.max(0, Math.round((step * 0.66 - 1) / 2));
  for (let bar = window.from; bar < window.to; bar += 1) {
    const [open, high, low, close] = [
      bars.open[bar] ?? Number.NaN,
      bars.high[bar] ?? Number.NaN,
      bars.low[bar] ?? Number.NaN,
      bars.close[bar] ?? Number.NaN,
    ];
    const paths = close >= open ? up : down;
    const middle = crisp(x(bar));
    const top = crisp(y(Math.max(open, close)));
    const bottom = crisp(y(Math.min(open, close)));
    paths.wicks += `M${middle} ${crisp(y(high))}V${top}M${middle} ${bottom}V${crisp(y(low))}`;
    paths.bodies += `M${middle - half} ${top}h${2 * half}V${bottom}h${-2 * half}z`;
  }
  return { up, down };
}

/** The first bar of each month in the window, thinned out so that labels of so many pixels fit. */
export function monthStarts({ time }: Pick<Bars, 'time'>, { window, x }: Axis, labelWidth: number): number[] {
  const starts: number[] = [];
  for (let bar = Math.max(1, window.from); bar < window.to; bar += 1) {
    const isFirst = new Date(time[bar] ?? 0).getUTCMonth() !== new Date(time[bar - 1] ?? 0).getUTCMonth();
    const last = starts.at(-1);
    if (isFirst && (last === undefined || x(bar) - x(last) >= labelWidth)) starts.push(bar);
  }
  return starts;
}
