import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PATTERNS } from './index.ts';

/** Made-up bars on which every pattern occurs, and what TA-Lib 0.6 (C, default settings) says of them. */
interface Fixture {
  /** Open, high, low, close. */
  readonly bars: readonly (readonly [number, number, number, number])[];
  /** By TA-Lib's name: the lookback, and every value that is not 0, with its bar. */
  readonly patterns: Readonly<
    Record<string, { readonly lookback: number; readonly values: readonly (readonly [number, number])[] }>
  >;
}

const { bars, patterns }: Fixture = JSON.parse(
  readFileSync(new URL('testing/talib-candles.json', import.meta.url), 'utf8'),
);
const columns = ([0, 1, 2, 3] as const).map((index) => Float64Array.from(bars, (bar) => bar[index]));

test('they are those of TA-Lib', () => {
  expect(PATTERNS.map(({ name }) => name).sort()).toEqual(
    Object.keys(patterns)
      .map((name) => name.toLowerCase())
      .sort(),
  );
});

const valuesOf = (name: string, given: readonly Float64Array[], penetration = Number.NaN): Float64Array => {
  const length = given[0]?.length ?? 0;
  const out = new Float64Array(length);
  PATTERNS.find((block) => block.name === name)?.kernel.batch({ penetration }, given, [out], length);
  return out;
};

test('begin anew behind a missing price', () => {
  const [open, high, low, close] = columns.map((column) => column.slice(0, 400));
  if (!open || !high || !low || !close) throw new Error('the fixture has four columns');
  high[150] = Number.NaN;
  for (const { name } of PATTERNS) {
    const behind = valuesOf(
      name,
      [open, high, low, close].map((column) => column.slice(151)),
    );
    expect([name, ...valuesOf(name, [open, high, low, close]).slice(150)]).toEqual([name, Number.NaN, ...behind]);
  }
});

test('reach as deep as penetration says', () => {
  // Ten candles with bodies of 1; one from 100 to 110; one that opens above it and closes at 104, six tenths into its
  // body.
  const candles = [
    ...Array.from({ length: 10 }, () => [100, 101, 100, 101]),
    [100, 110, 100, 110],
    [111, 111, 104, 104],
  ];
  const given = [0, 1, 2, 3].map((index) => Float64Array.from(candles, (candle) => candle[index] ?? Number.NaN));
  expect([0.5, 0.59, 0.61, 0.9].map((penetration) => valuesOf('cdldarkcloudcover', given, penetration).at(-1))).toEqual(
    [-100, -100, 0, 0],
  );
});

describe.each(PATTERNS.map((block) => [block.name, block] as const))('%s', (name, block) => {
  const { lookback, values } = patterns[name.toUpperCase()] ?? { lookback: -1, values: [] };
  const params = Object.fromEntries(
    block.inputs.flatMap((port) => (port.type === 'number' ? [[port.name, port.default ?? Number.NaN]] : [])),
  );

  test('says what TA-Lib says at every bar', () => {
    const expected = new Float64Array(bars.length).fill(Number.NaN, 0, lookback);
    for (const [bar, value] of values) expected[bar] = value;
    const given = new Float64Array(bars.length);
    block.kernel.batch(params, columns, [given], bars.length);
    expect(block.lookback(params)).toBe(lookback);
    expect(values.length).toBeGreaterThan(0);
    expect(Array.from(given.keys()).filter((bar) => !Object.is(given[bar], expected[bar]))).toEqual([]);
  });
});
