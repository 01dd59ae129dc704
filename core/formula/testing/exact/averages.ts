import { findBlock } from '../../blocks/catalogue.ts';
import {
  absolute,
  exactly,
  isAbove,
  isNoise,
  isZero,
  minus,
  over,
  overNumber,
  plus,
  times,
  toNumber,
  ZERO,
  type Exact,
} from './exact.ts';
import { meanOf, paired, rolling, total, type Column } from './windows.ts';

/** Moving averages by their definitions, seeded as TA-Lib seeds them. */
export type Average = (column: Column, period: number) => Column;

const simple: Average = (column, period) => rolling(column, period, meanOf);

const weighted: Average = (column, period) =>
  rolling(column, period, (window) =>
    overNumber(total(window.map((x, index) => times(x, exactly(index + 1)))), (period * (period + 1)) / 2),
  );

const triangular: Average = (column, period) => {
  const weights = Array.from({ length: period }, (_, index) => Math.min(index + 1, period - index));
  return rolling(column, period, (window) =>
    overNumber(
      total(window.map((x, index) => times(x, exactly(weights[index] ?? 0)))),
      weights.reduce((sum, weight) => sum + weight, 0),
    ),
  );
};

/** Behind a value that there is no saying of, there is no saying of an average that remembers all. */
function untilGap(column: Column): Column {
  const begin = column.findIndex((x) => x !== null);
  const gap = column.indexOf(null, Math.max(begin, 0));
  return gap < 0 ? column : column.map((x, bar) => (bar < gap ? x : null));
}

/**
 * Begins with the mean of the first `period` values. `gain`: the part of the way to each value that the average goes.
 */
function recursive(column: Column, period: number, gain: Exact): Column {
  const seed: Exact[] = [];
  let average: Exact | null = null;
  return untilGap(column).map((x) => {
    if (x === null) return null;
    if (average) return (average = plus(average, times(minus(x, average), gain)));
    seed.push(x);
    return seed.length < period ? null : (average = meanOf(seed));
  });
}

const exponential: Average = (column, period) => recursive(column, period, overNumber(exactly(2), period + 1));
export const wilder: Average = (column, period) => recursive(column, period, overNumber(exactly(1), period));

const scaled = (column: Column, factor: number): Column => column.map((x) => x && times(x, exactly(factor)));

const double: Average = (column, period) => {
  const once = exponential(column, period);
  return paired(scaled(once, 2), exponential(once, period), minus);
};

const triple: Average = (column, period) => {
  const once = exponential(column, period);
  const twice = exponential(once, period);
  return paired(paired(scaled(once, 3), scaled(twice, 3), minus), exponential(twice, period), plus);
};

function tillson(column: Column, period: number): Column {
  const averages: Column[] = [];
  for (let step = 0, source = column; step < 6; step += 1) averages.push((source = exponential(source, period)));
  const volume = 0.7;
  const factors = [
    -(volume ** 3),
    3 * volume ** 2 + 3 * volume ** 3,
    -6 * volume ** 2 - 3 * volume - 3 * volume ** 3,
    1 + 3 * volume + volume ** 3 + 3 * volume ** 2,
  ];
  return factors
    .map((factor, index) => scaled(averages[5 - index] ?? [], factor))
    .reduce((sum, column) => paired(sum, column, plus));
}

function adaptive(column: Column, period: number): Column {
  const [slow, span] = [overNumber(exactly(2), 31), minus(overNumber(exactly(2), 3), overNumber(exactly(2), 31))];
  const seen: Exact[] = [];
  let average: Exact | null = null;
  let isLost = false;
  return untilGap(column).map((x) => {
    if (x === null) return null;
    const before = seen.at(-1) ?? ZERO;
    seen.push(x);
    if (seen.length <= period) return null;
    const window = seen.slice(-period - 1);
    const way = total(window.slice(1).map((value, index) => absolute(minus(value, window[index] ?? ZERO))));
    const change = minus(x, window[0] ?? ZERO);
    const straight =
      (isZero(way) && way.error === 0n) || !isAbove(way, change) ? exactly(1) : over(absolute(change), way);
    isLost ||= straight === null || isNoise(way);
    if (straight === null || isLost) return null;
    const weight = plus(times(straight, span), slow);
    const from: Exact = average ?? before;
    return (average = plus(from, times(minus(x, from), times(weight, weight))));
  });
}

/**
 * As the kernel has it, which is held to TA-Lib by itself. On a level the phase is what rounding leaves: from there on
 * there is no saying.
 */
function ofPhase(column: Column): Column {
  const block = findBlock('mama');
  if (block?.kind !== 'kernel') return [];
  const [mama, fama] = [new Float64Array(column.length), new Float64Array(column.length)];
  const given = Float64Array.from(untilGap(column), (x) => (x ? toNumber(x) : Number.NaN));
  block.kernel.batch({ fastLimit: 0.5, slowLimit: 0.05 }, [given], [mama, fama], column.length);
  const level = given.findIndex((x, bar) => bar >= 3 && given.subarray(bar - 3, bar).every((before) => before === x));
  return Array.from(mama, (x, bar) =>
    Number.isFinite(x) && (level < 0 || bar < level) ? overNumber(exactly(x), 1) : null,
  );
}

const TYPES: Readonly<Record<string, Average>> = {
  sma: simple,
  ema: exponential,
  wma: weighted,
  dema: double,
  tema: triple,
  trima: triangular,
  kama: adaptive,
  mama: ofPhase,
  t3: tillson,
};

/** Null of a type that is not known here. Over one bar it is the value itself. */
export const averageOf = (type: unknown): Average | null => {
  const average = TYPES[String(type)];
  return average ? (column, period) => (period <= 1 ? column : average(column, period)) : null;
};
