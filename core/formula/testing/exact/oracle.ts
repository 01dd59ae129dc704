import { arcTangent } from '#core/elementary/arc.ts';
import type { Params } from '../../model/block.ts';
import { averageOf, wilder, type Average } from './averages.ts';
import {
  absolute,
  compare,
  exactly,
  isAbove,
  isZero,
  minus,
  negated,
  over,
  overNumber,
  plus,
  sumOfGiven,
  times,
  toNumber,
  ZERO,
  type Exact,
} from './exact.ts';
import {
  columnOf,
  correlationOf,
  covarianceOf,
  deviationOf,
  heightOf,
  largest,
  meanDeviationOf,
  paired,
  rolling,
  scoreOf,
  slopeOf,
  smallest,
  total,
  varianceOf,
  type Column,
} from './windows.ts';
import { awayFromNewest, meanOf } from './windows.ts';

/**
 * What a block gives by its definition, one column an output; null where there is no saying (a chosen average that is
 * not known here).
 */
type Definition = (
  params: Params,
  columns: readonly Column[],
  given: readonly Float64Array[],
) => readonly Column[] | null;

const NOTHING: Column = [];
const periodOf = (params: Params, name = 'timePeriod'): number => Number(params[name]);

const windowed =
  (measure: (window: readonly Exact[], params: Params) => Exact | null): Definition =>
  (params, [source = NOTHING]) => [rolling(source, periodOf(params), (window) => measure(window, params))];

const pairs = (
  xs: Column,
  ys: Column,
  period: number,
  measure: (x: readonly Exact[], y: readonly Exact[]) => Exact | null,
): Column =>
  xs.map((_, bar) => {
    const [x, y] = [xs, ys].map((column) =>
      column.slice(Math.max(0, bar - period + 1), bar + 1).filter((value) => value !== null),
    );
    return bar + 1 < period || x?.length !== period || y?.length !== period ? null : measure(x, y);
  });

/** Each value with the value before it; null on the first. */
const changes = (column: Column, measure: (now: Exact, before: Exact) => Exact | null): Column =>
  paired(column, [null, ...column.slice(0, -1)], measure);

const returnsOf = (column: Column): Column =>
  changes(column, (now, before) => (isZero(before) ? ZERO : over(minus(now, before), before)));

const hundredths = (part: Exact, whole: Exact): Exact | null => {
  const share = over(part, whole);
  return share && times(exactly(100), share);
};

/** The first average is on the same bar for both. */
const without = (column: Column, first: number): Column => column.map((x, bar) => (bar < first ? null : x));
const firstOf = (column: Column): number => column.findIndex((x) => x !== null);

function twoAverages(
  params: Params,
  source: Column,
  compare: (fast: Exact, slow: Exact) => Exact | null,
): readonly Column[] | null {
  const average = averageOf(params['maType']);
  const periods = [periodOf(params, 'fastPeriod'), periodOf(params, 'slowPeriod')];
  return average && [paired(average(source, Math.min(...periods)), average(source, Math.max(...periods)), compare)];
}

function convergence(params: Params, source: Column): readonly Column[] | null {
  const [first, second, smooth] = ['fast', 'slow', 'signal'].map((name) => ({
    average: averageOf(params[`${name}MaType`]),
    period: periodOf(params, `${name}Period`),
  }));
  if (!first?.average || !second?.average || !smooth?.average) return null;
  const [fast, slow] = second.period < first.period ? [second, first] : [first, second];
  const wait = (one: typeof fast, other: typeof fast): Column => {
    const begin = (side: typeof fast): number => firstOf(side.average?.(source, side.period) ?? NOTHING);
    return one.average?.(without(source, Math.max(0, begin(other) - begin(one))), one.period) ?? NOTHING;
  };
  const line = paired(wait(fast, slow), wait(slow, fast), minus);
  const signal = smooth.average(line, smooth.period);
  return [paired(line, signal, (x) => x), signal, paired(line, signal, minus)];
}

function strength(
  params: Params,
  source: Column,
  measure: (gain: Exact, loss: Exact) => Exact | null,
): readonly Column[] {
  const side = (isGain: boolean): Column =>
    changes(source, (now, before) => (isAbove(now, before) === isGain ? absolute(minus(now, before)) : ZERO));
  return [paired(wilder(side(true), periodOf(params)), wilder(side(false), periodOf(params)), measure)];
}

function position([high = NOTHING, low = NOTHING, close = NOTHING]: readonly Column[], window: number): Column {
  const bottoms = rolling(low, window, smallest);
  const ranges = paired(rolling(high, window, largest), bottoms, minus);
  return paired(paired(close, bottoms, minus), ranges, (above, range) =>
    isZero(range) && range.error === 0n ? ZERO : hundredths(above, range),
  );
}

function smoothed(k: Column, average: Average | null, period: number): readonly Column[] | null {
  const d = average?.(k, period);
  return d ? [paired(k, d, (x) => x), d] : null;
}

const trueRange = ([high = NOTHING, low = NOTHING, close = NOTHING]: readonly Column[], bar: number): Exact | null => {
  const [top, bottom, before] = [high[bar], low[bar], close[bar - 1]];
  return top && bottom && before
    ? minus(isAbove(top, before) ? top : before, isAbove(before, bottom) ? bottom : before)
    : null;
};

function ultimate(params: Params, columns: readonly Column[]): readonly Column[] {
  const periods = [1, 2, 3].map((index) => periodOf(params, `timePeriod${index}`)).sort((a, b) => a - b);
  const [, low = NOTHING, close = NOTHING] = columns;
  const ranges = close.map((_, bar) => trueRange(columns, bar));
  const pressures = close.map((price, bar) => {
    const [bottom, before] = [low[bar], close[bar - 1]];
    return price && bottom && before ? minus(price, isAbove(before, bottom) ? bottom : before) : null;
  });
  const parts = periods.map((period, index) =>
    pairs(pressures, ranges, period, (gained, ranged) =>
      isZero(total(ranged)) ? ZERO : over(times(exactly(4 >> index), total(gained)), total(ranged)),
    ),
  );
  return [
    parts.reduce((sum, part) => paired(sum, part, plus)).map((sum) => sum && overNumber(times(exactly(100), sum), 7)),
  ];
}

function moneyFlow(params: Params, [high, low, close, volume]: readonly Float64Array[]): readonly Column[] {
  const price = (bar: number): Exact =>
    overNumber(total([high, low, close].map((column) => exactly(column?.[bar] ?? 0))), 3);
  const prices = Array.from(close ?? [], (_, bar) => price(bar));
  const side = (sign: 1 | -1): Column =>
    prices.map((now, bar) => {
      const order = compare(now, prices[bar - 1] ?? ZERO);
      if (bar === 0 || order === null) return null;
      return order === sign ? times(now, exactly(volume?.[bar] ?? 0)) : ZERO;
    });
  return [
    pairs(side(1), side(-1), periodOf(params), (gains, losses) => {
      const both = plus(total(gains), total(losses));
      return both.value <= 0n ? ZERO : hundredths(total(gains), both);
    }),
  ];
}

function channel(params: Params, [high, low, close]: readonly Float64Array[]): readonly Column[] {
  const band = (prices: Float64Array | undefined, sign: number): Column =>
    Array.from(prices ?? [], (price, bar) => {
      const sum = sumOfGiven(high?.[bar] ?? 0, low?.[bar] ?? 0);
      const width = isZero(sum)
        ? ZERO
        : over(times(exactly(4 * sign), minus(exactly(high?.[bar] ?? 0), exactly(low?.[bar] ?? 0))), sum);
      return width && times(exactly(price), plus(exactly(1), width));
    });
  return [band(high, 1), columnOf(close ?? []), band(low, -1)].map((column) =>
    rolling(column, periodOf(params), meanOf),
  );
}

function variable(params: Params, source: Column, periods: Float64Array | undefined): readonly Column[] | null {
  const average = averageOf(params['maType']);
  if (!average) return null;
  const [least, most] = [periodOf(params, 'minPeriod'), periodOf(params, 'maxPeriod')];
  const begin = firstOf(average(source, most));
  const columns = new Map<number, Column>();
  return [
    source.map((_, bar) => {
      const period = Math.min(Math.max(Math.trunc(periods?.[bar] ?? 0), least), most);
      const known =
        columns.get(period) ?? average(without(source, Math.max(0, begin - firstOf(average(source, period)))), period);
      columns.set(period, known);
      return bar < begin || begin < 0 ? null : (known[bar] ?? null);
    }),
  ];
}

function bands(params: Params, source: Column): readonly Column[] | null {
  const ofType = averageOf(params['maType'])?.(source, periodOf(params));
  if (!ofType) return null;
  const deviations = rolling(source, periodOf(params), deviationOf);
  // TA-Lib pairs the first average with the first deviation, though they be of different bars.
  const late = Math.max(0, firstOf(deviations) - firstOf(ofType));
  const middle = ofType.map((_, bar) => ofType[bar - late] ?? null);
  const band = (times_: number): Column =>
    paired(middle, deviations, (x, deviation) => plus(x, times(deviation, exactly(times_))));
  return [band(periodOf(params, 'nbDevUp')), paired(middle, deviations, (x) => x), band(-periodOf(params, 'nbDevDn'))];
}

/** Wilder's sum, from which its share leaves with each value; TA-Lib's begins with one value less than the period. */
function wilderSum(column: Column, period: number): Column {
  const seen: Exact[] = [];
  let sum = ZERO;
  return column.map((x) => {
    if (x === null) return null;
    seen.push(x);
    sum = plus(seen.length < period ? sum : minus(sum, overNumber(sum, period)), x);
    return seen.length < period ? null : sum;
  });
}

/** The shares of the movement upwards and downwards in the true range. */
function directions(params: Params, columns: readonly Column[]): Readonly<Record<'plus' | 'minus', Column>> {
  const [high = NOTHING, low = NOTHING] = columns;
  const [ups, downs] = [changes(high, minus), changes(low, (now, before) => minus(before, now))];
  const side = (own: Column, other: Column): Column => {
    // A sum remembers a move that there is no saying of.
    let isLost = false;
    return paired(own, other, (x, y) => {
      const order = isAbove(x, ZERO) ? compare(x, y) : -1;
      isLost ||= order === null;
      return isLost ? null : order === 1 ? x : ZERO;
    });
  };
  const ranges = wilderSum(
    high.map((_, bar) => trueRange(columns, bar)),
    periodOf(params),
  );
  const share = (moves: Column): Column =>
    paired(wilderSum(moves, periodOf(params)), ranges, (moved, range) =>
      isZero(range) ? ZERO : periodOf(params) === 1 ? over(moved, range) : hundredths(moved, range),
    );
  return { plus: share(side(ups, downs)), minus: share(side(downs, ups)) };
}

const average =
  (type: string): Definition =>
  (params, [source = NOTHING]) => [averageOf(type)?.(source, periodOf(params)) ?? NOTHING];

/** By the name of the block: everything that is summed over windows, or that TA-Lib takes for 0 where it is small. */
export const DEFINITIONS: Readonly<Record<string, Definition>> = {
  sum: windowed(total),
  mean: windowed(meanOf),
  sma: average('sma'),
  wma: average('wma'),
  trima: average('trima'),
  kama: average('kama'),
  ma: (params, [source = NOTHING]) => {
    const column = averageOf(params['maType'])?.(source, periodOf(params));
    return column ? [column] : null;
  },
  mavp: (params, [source = NOTHING], [, periods]) => variable(params, source, periods),
  var: windowed(varianceOf),
  stddev: windowed((window, params) => times(deviationOf(window), exactly(periodOf(params, 'nbDev')))),
  zscore: windowed(scoreOf),
  avgdev: windowed(meanDeviationOf),
  bbands: (params, [source = NOTHING]) => bands(params, source),
  correl: (params, [x = NOTHING, y = NOTHING]) => [pairs(x, y, periodOf(params), correlationOf)],
  beta: (params, [x = NOTHING, y = NOTHING]) => [
    pairs(returnsOf(x), returnsOf(y), periodOf(params), (a, b) =>
      isZero(varianceOf(a)) ? ZERO : over(covarianceOf(a, b), varianceOf(a)),
    ),
  ],
  linearreg: windowed((window) => heightOf(window, 0)),
  linearreg_intercept: windowed((window) => heightOf(window, 1 - window.length)),
  linearreg_slope: windowed(slopeOf),
  linearreg_angle: windowed((window) => {
    const slope = slopeOf(window);
    return { value: exactly(arcTangent(toNumber(slope)) * (180 / Math.PI)).value, error: 60n * slope.error };
  }),
  tsf: windowed((window) => heightOf(window, 1)),
  cci: (params, _columns, [high, low, close]) => [
    rolling(
      Array.from(close ?? [], (_, bar) => sumOfGiven(high?.[bar] ?? 0, low?.[bar] ?? 0, close?.[bar] ?? 0)),
      periodOf(params),
      (window) => {
        const deviation = meanDeviationOf(window);
        return isZero(deviation)
          ? ZERO
          : over(negated(meanOf(awayFromNewest(window))), times(exactly(0.015), deviation));
      },
    ),
  ],
  mfi: (params, _columns, given) => moneyFlow(params, given),
  rsi: (params, [source = NOTHING]) =>
    strength(params, source, (gain, loss) => (isZero(plus(gain, loss)) ? ZERO : hundredths(gain, plus(gain, loss)))),
  cmo: (params, [source = NOTHING]) =>
    strength(params, source, (gain, loss) =>
      isZero(plus(gain, loss)) ? ZERO : hundredths(minus(gain, loss), plus(gain, loss)),
    ),
  plus_di: (params, columns) => [directions(params, columns).plus],
  minus_di: (params, columns) => [directions(params, columns).minus],
  ultosc: ultimate,
  accbands: (params, _columns, given) => channel(params, given),
  apo: (params, [source = NOTHING]) => twoAverages(params, source, minus),
  ppo: (params, [source = NOTHING]) =>
    twoAverages(params, source, (fast, slow) => (isZero(slow) ? ZERO : hundredths(minus(fast, slow), slow))),
  macdext: (params, [source = NOTHING]) => convergence(params, source),
  stochf: (params, columns) =>
    smoothed(
      position(columns, periodOf(params, 'fastKPeriod')),
      averageOf(params['fastDMaType']),
      periodOf(params, 'fastDPeriod'),
    ),
  stoch: (params, columns) => {
    const k = averageOf(params['slowKMaType'])?.(
      position(columns, periodOf(params, 'fastKPeriod')),
      periodOf(params, 'slowKPeriod'),
    );
    return k ? smoothed(k, averageOf(params['slowDMaType']), periodOf(params, 'slowDPeriod')) : null;
  },
  stochrsi: (params, [source = NOTHING]) => {
    const [rsi = NOTHING] = strength(params, source, (gain, loss) =>
      isZero(plus(gain, loss)) ? ZERO : hundredths(gain, plus(gain, loss)),
    );
    return smoothed(
      position([rsi, rsi, rsi], periodOf(params, 'fastKPeriod')),
      averageOf(params['fastDMaType']),
      periodOf(params, 'fastDPeriod'),
    );
  },
};
