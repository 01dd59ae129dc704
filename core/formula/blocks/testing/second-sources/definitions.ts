import { _ } from '../worked-example.ts';
import type { SecondSource } from './second-source.ts';

/** A block of one output whose value at a bar is that of the values at that bar. */
const at =
  (measure: (a: number, b: number, c: number, d: number) => number | boolean): SecondSource =>
  (_params, [a = [], b = [], c = [], d = []]) => [
    a.map((x, bar) => Number(measure(x, b[bar] ?? _, c[bar] ?? _, d[bar] ?? _))),
  ];

const utc = (part: (date: Date) => number): SecondSource => at((time) => part(new Date(time)));

/** A block of one output by the bar and by all before it. */
const upTo =
  (
    measure: (
      bar: number,
      a: readonly number[],
      b: readonly number[],
      params: Readonly<Record<string, unknown>>,
    ) => number | boolean,
  ): SecondSource =>
  (params, [a = [], b = []]) => [a.map((_unused, bar) => Number(measure(bar, a, b, params)))];

const crossed = (a: readonly number[], b: readonly number[], bar: number): boolean =>
  (a[bar - 1] ?? _) <= (b[bar - 1] ?? _) && (a[bar] ?? _) > (b[bar] ?? _);
const lastTrue = (cond: readonly number[], bar: number): number => cond.slice(0, bar + 1).lastIndexOf(1);
const isRun = (source: readonly number[], bar: number, bars: number, sign: number): boolean =>
  bar >= bars &&
  source.slice(bar - bars + 1, bar + 1).every((x, index) => (x - (source[bar - bars + index] ?? _)) * sign > 0);

const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const deviation = (values: readonly number[]): number => Math.sqrt(mean(values.map((x) => (x - mean(values)) ** 2)));

const over =
  (
    measure: (window: readonly number[], newest: number, params: Readonly<Record<string, unknown>>) => number,
  ): SecondSource =>
  (params, [source = []]) => [
    source.map((x, bar) => {
      const window = source.slice(Math.max(0, bar + 1 - Number(params['timePeriod'])), bar + 1);
      return window.length < Number(params['timePeriod']) || window.some(Number.isNaN) ? _ : measure(window, x, params);
    }),
  ];

/** The mean of the first n, then a part of the way to each. */
function average(source: readonly number[], n: number, part: number): number[] {
  const first = source.findIndex((x) => !Number.isNaN(x)) + n - 1;
  let last = mean(source.slice(first - n + 1, first + 1));
  return source.map((x, bar) => (bar < first ? _ : bar === first ? last : (last += part * (x - last))));
}

function percentile(window: readonly number[], share: number): number {
  const ordered = window.toSorted((a, b) => a - b);
  const place = share * (window.length - 1);
  const [below = _, above = below] = ordered.slice(Math.floor(place));
  return below * (1 - (place % 1)) + above * (place % 1);
}

/** Definitions as their sources have them, told plainly: the whole past is looked at anew at each bar. */
export const PLAIN: Readonly<Record<string, SecondSource>> = {
  barsSince: upTo((bar, cond) => (lastTrue(cond, bar) < 0 ? _ : bar - lastTrue(cond, bar))),
  valueWhen: upTo((bar, cond, source) => source[lastTrue(cond, bar)] ?? _),
  latch: upTo((bar, set, reset) => lastTrue(set, bar) > lastTrue(reset, bar)),
  once: upTo((bar, cond) => cond[bar] === 1 && cond[bar - 1] !== 1),
  count: (params, columns) => over(sum)(params, columns),
  crossover: upTo((bar, a, b) => crossed(a, b, bar)),
  crossunder: upTo((bar, a, b) => crossed(b, a, bar)),
  cross: upTo((bar, a, b) => crossed(a, b, bar) || crossed(b, a, bar)),
  rising: upTo((bar, source, _b, { bars }) => isRun(source, bar, Number(bars), 1)),
  falling: upTo((bar, source, _b, { bars }) => isRun(source, bar, Number(bars), -1)),
  past: upTo((bar, x, _b, { bars }) => x[bar - Number(bars)] ?? _),
  // Keltner in Raschke's form: an EMA that begins with the mean, Wilder's average of true ranges, which begin with the
  // second bar.
  keltner: ({ timePeriod, multiplier, atrPeriod }, [high = [], low = [], close = []]) => {
    const ranges = high.map(
      (top, bar) => Math.max(top, close[bar - 1] ?? _) - Math.min(low[bar] ?? _, close[bar - 1] ?? _),
    );
    const [middle, band] = [
      average(close, Number(timePeriod), 2 / (Number(timePeriod) + 1)),
      average(ranges, Number(atrPeriod), 1 / Number(atrPeriod)),
    ];
    const line = (side: number): number[] => middle.map((x, bar) => x + side * Number(multiplier) * (band[bar] ?? _));
    return [line(1), line(0), line(-1)];
  },
  zlema: ({ timePeriod }, [source = []]) => {
    const [n, lag] = [Number(timePeriod), Math.floor((Number(timePeriod) - 1) / 2)];
    return [
      average(
        source.map((x, bar) => 2 * x - (source[bar - lag] ?? _)),
        n,
        2 / (n + 1),
      ),
    ];
  },
  mean: over(mean),
  percentile: over((window, _newest, { percent }) => percentile(window, Number(percent))),
  rank: over((window, newest) => window.filter((x) => x <= newest).length / window.length),
  zscore: over((window, newest) =>
    window.every((x) => x === newest) ? _ : (newest - mean(window)) / deviation(window),
  ),
  between: at((x, low, high) => low <= x && x <= high),
  na: at((x) => Number.isNaN(x)),
  nz: at((x, y) => (Number.isNaN(x) ? y : x)),
  where: at((cond, a, b) => (cond === 1 ? a : b)),
  abs: at((x) => Math.sqrt(x * x)),
  clamp: at((x, low, high) =>
    x + low + high === x + low + high && high >= low
      ? ([low, x, high].sort((a, b) => a - b)[1] ?? _)
      : Math.min(high, Math.max(low, x)),
  ),
  max: at((a, b) => (a > b ? a : b >= a ? b : _)),
  min: at((a, b) => (a < b ? a : b <= a ? b : _)),
  mod: at((a, b) => (b === 0 ? _ : ((a % b) + b) % b)),
  round: at((x) => Math.floor(x + 0.5)),
  sign: at((x) => (x > 0 ? 1 : x < 0 ? -1 : x)),
  add: at((a, b) => b - -a),
  sub: at((a, b) => a + -b),
  mul: at((a, b) => (b === 0 ? a * 0 : a / (1 / b))),
  div: at((a, b) => (b === 0 ? _ : a * (1 / b))),
  neg: at((x) => 0 - x),
  pow: at((a, b) => (Number.isFinite(a ** b) ? a ** b : _)),
  and: at((a, b) => a + b === 2),
  or: at((a, b) => a + b > 0),
  not: at((x) => 1 - x),
  eq: at((a, b) => a - b === 0),
  neq: at((a, b) => Math.abs(a - b) > 0),
  gt: at((a, b) => a - b > 0),
  gte: at((a, b) => a - b >= 0),
  lt: at((a, b) => b - a > 0),
  lte: at((a, b) => b - a >= 0),
  open: at((open) => open),
  high: at((high) => high),
  low: at((low) => low),
  close: at((close) => close),
  volume: at((volume) => volume),
  time: at((time) => time),
  barIndex: at((index) => index),
  hl2: at((high, low) => high / 2 + low / 2),
  hlc3: at((high, low, close) => high / 3 + low / 3 + close / 3),
  ohlc4: at((open, high, low, close) => open / 4 + high / 4 + low / 4 + close / 4),
  minute: utc((date) => date.getUTCMinutes()),
  hour: utc((date) => date.getUTCHours()),
  dayOfWeek: utc((date) => date.getUTCDay()),
  dayOfMonth: utc((date) => date.getUTCDate()),
  month: utc((date) => Number(date.toISOString().slice(5, 7))),
};
