import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KERNEL_BLOCKS } from './index.ts';
import { valuesOf, type Given } from './testing/worked-example.ts';

const BARS = 60;

/** Whole numbers, so that many are equal, and stretches without a value. */
const series = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: -30, max: 30 }) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) },
  ),
  { minLength: BARS, maxLength: BARS },
);

const period = fc.integer({ min: 2, max: 12 });

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const meanOf = (values: readonly number[]): number => sumOf(values) / values.length;
const varianceOf = (values: readonly number[]): number => meanOf(values.map((value) => (value - meanOf(values)) ** 2));
const newest = (values: readonly number[]): number => values.at(-1) ?? Number.NaN;

/** By numpy's own words: the value at this share of the way from the first to the last, in order. */
function percentileOf(values: readonly number[], share: number): number {
  const ordered = values.toSorted((a, b) => a - b);
  const place = share * (values.length - 1);
  const [below = Number.NaN, above = below] = ordered.slice(Math.floor(place));
  return below * (1 - (place % 1)) + above * (place % 1);
}

/** A measure of each whole window in which nothing is missing. */
const over = (values: readonly number[], length: number, measure: (window: readonly number[]) => number): number[] =>
  values.map((_, bar) => {
    const window = values.slice(Math.max(0, bar - length + 1), bar + 1);
    return window.length < length || window.some(Number.isNaN) ? Number.NaN : measure(window);
  });

function expectAgreement(name: string, given: Given, expected: Readonly<Record<string, readonly number[]>>): void {
  const block = KERNEL_BLOCKS.find((known) => known.name === name);
  if (!block) throw new Error(`there is no block ${name}`);
  const values = valuesOf(block, given);
  for (const [output, column] of Object.entries(expected)) {
    column.forEach((value, bar) => {
      const got = values[output]?.[bar] ?? Number.NaN;
      expect([output, bar, Number.isNaN(got)]).toEqual([output, bar, Number.isNaN(value)]);
      if (!Number.isNaN(value)) expect(Math.abs(got - value)).toBeLessThan(1e-8);
    });
  }
}

const MEASURES: Readonly<Record<string, (window: readonly number[]) => number>> = {
  highest: (window) => Math.max(...window),
  lowest: (window) => Math.min(...window),
  sum: sumOf,
  mean: meanOf,
  var: varianceOf,
  stddev: (window) => Math.sqrt(varianceOf(window)),
  rank: (window) => window.filter((value) => value <= newest(window)).length / window.length,
  zscore: (window) =>
    varianceOf(window) === 0 ? Number.NaN : (newest(window) - meanOf(window)) / Math.sqrt(varianceOf(window)),
};

describe('windows agree with their definitions, told naively', () => {
  test.each(Object.entries(MEASURES))('%s', (name, measure) => {
    fc.assert(
      fc.property(series, period, (source, timePeriod) =>
        expectAgreement(name, { source, timePeriod }, { value: over(source, timePeriod, measure) }),
      ),
    );
  });

  test('percentile', () => {
    fc.assert(
      fc.property(series, period, fc.constantFrom(0, 0.1, 0.25, 0.5, 0.9, 1), (source, timePeriod, percent) =>
        expectAgreement(
          'percentile',
          { source, timePeriod, percent },
          { value: over(source, timePeriod, (window) => percentileOf(window, percent)) },
        ),
      ),
    );
  });

  test('count', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { minLength: BARS, maxLength: BARS }), period, (cond, timePeriod) =>
        expectAgreement('count', { cond, timePeriod }, { value: over(cond, timePeriod, sumOf) }),
      ),
    );
  });

  test('donchian', () => {
    fc.assert(
      fc.property(series, series, period, (high, low, timePeriod) => {
        const upper = over(high, timePeriod, (window) => Math.max(...window));
        const lower = over(low, timePeriod, (window) => Math.min(...window));
        expectAgreement(
          'donchian',
          { high, low, timePeriod },
          { upper, lower, middle: upper.map((value, bar) => (value + (lower[bar] ?? Number.NaN)) / 2) },
        );
      }),
    );
  });

  test('ichimoku', () => {
    fc.assert(
      fc.property(
        series,
        series,
        period,
        period,
        period,
        fc.nat(10),
        (high, low, conversionPeriod, basePeriod, spanBPeriod, displacement) => {
          const middle = (length: number) => {
            const top = over(high, length, (window) => Math.max(...window));
            const bottom = over(low, length, (window) => Math.min(...window));
            return top.map((value, bar) => (value + (bottom[bar] ?? Number.NaN)) / 2);
          };
          const [conversion, base, long] = [middle(conversionPeriod), middle(basePeriod), middle(spanBPeriod)];
          const earlier = (column: readonly number[], bar: number) => column[bar - displacement] ?? Number.NaN;
          const spanA = conversion.map((_, bar) => (earlier(conversion, bar) + earlier(base, bar)) / 2);
          const spanB = long.map((_, bar) => earlier(long, bar));
          const whole = (column: readonly number[]) =>
            column.map((value, bar) =>
              [conversion, base, spanA, spanB].some((line) => Number.isNaN(line[bar])) ? Number.NaN : value,
            );
          expectAgreement(
            'ichimoku',
            { high, low, conversionPeriod, basePeriod, spanBPeriod, displacement },
            { conversion: whole(conversion), base: whole(base), spanA: whole(spanA), spanB: whole(spanB) },
          );
        },
      ),
    );
  });
});
