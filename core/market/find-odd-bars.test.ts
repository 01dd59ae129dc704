import { describe, expect, test } from 'vitest';
import { findOddBars } from './find-odd-bars.ts';
import { HONEST, type HonestSeries } from './testing/honest-series.ts';
import { changed, numbersOf, partOf, priceWalk } from './testing/price-walk.ts';
import { timeframeLength } from './timeframe.ts';

const DAY = 86_400_000;

type Part = ReturnType<typeof partOf>;

/** Each series with prices that move by half a percent, two and six a day. */
const WALKS = HONEST.flatMap((series, seed) =>
  [0.005, 0.02, 0.06].map((daily) => ({
    series,
    seed,
    bars: priceWalk({ time: series.time, move: daily * Math.sqrt(timeframeLength(series.timeframe) / DAY), seed }),
  })),
);

/** Prices of coins move by a half in a month now and then. */
const isShort = ({ timeframe }: HonestSeries): boolean => timeframe !== '1M' && timeframe !== '1w';

/** Two series in one, as a file has them. */
function joined(a: Part, b: Part): Part {
  const join = (of: (part: Part) => Float64Array): Float64Array => Float64Array.from([...of(a), ...of(b)]);
  return {
    length: a.length + b.length,
    time: join(({ time }) => time),
    open: join(({ open }) => open),
    high: join(({ high }) => high),
    low: join(({ low }) => low),
    close: join(({ close }) => close),
    volume: join(({ volume }) => volume),
  };
}

const kindsOf = (bars: Part, { timeframe }: HonestSeries): string[] =>
  findOddBars(bars, timeframe).map(({ kind }) => kind);

describe('honest files', () => {
  test('of all markets, whole or in part, have nothing odd in nineteen of twenty', () => {
    const told = WALKS.flatMap(({ series, bars, seed }) => {
      const next = numbersOf(seed + 100);
      return [0, 1, 2].map(() => {
        const from = Math.floor((next() * bars.length) / 2);
        return kindsOf(partOf(bars, from, from + Math.floor(bars.length / 2)), series);
      });
    });
    expect(told.filter((kinds) => kinds.length > 0).length).toBeLessThan(told.length / 20);
    expect(told.filter((kinds) => kinds.some((kind) => kind !== 'jump' && kind !== 'spike'))).toEqual([]);
  });
});

describe('wrong files', () => {
  const places = WALKS.filter(({ series }) => isShort(series)).map((walk) => ({
    ...walk,
    at: Math.floor(walk.bars.length * (0.2 + 0.6 * numbersOf(walk.seed + 7)())),
  }));

  test('with prices that are 100 or 1000 times as much or as little from a bar on are told at that bar', () => {
    for (const { series, bars, at } of places)
      for (const times of [100, 1000, 1 / 100, 1 / 1000]) {
        const odd = findOddBars(
          joined(partOf(bars, 0, at), changed(partOf(bars, at, bars.length), { times })),
          series.timeframe,
        );
        expect(odd.filter(({ kind }) => kind === 'jump').map(({ bar }) => bar)).toEqual([at]);
      }
  });

  test('with one bar, or ten, of such prices are told once', () => {
    for (const { series, bars, at } of places)
      for (const count of [1, 10]) {
        const wrong = changed(partOf(bars, at, at + count), { times: 100 });
        const odd = findOddBars(
          joined(joined(partOf(bars, 0, at), wrong), partOf(bars, at + count, bars.length)),
          series.timeframe,
        ).filter(({ kind }) => kind === 'jump');
        expect(odd.map(({ bar }) => bar)).toEqual([at]);
        expect(odd[0]?.message).toContain('in 1 more place.');
      }
  });

  test('with a high or a low that is 100 times off are told', () => {
    for (const { series, bars, at } of places)
      for (const isHigh of [true, false]) {
        const wrong = partOf(bars, 0, bars.length);
        if (isHigh) wrong.high[at] = (wrong.high[at] ?? 0) * 100;
        else wrong.low[at] = (wrong.low[at] ?? 0) / 100;
        const odd = findOddBars(wrong, series.timeframe).filter(({ kind }) => kind === 'spike');
        expect(odd.map(({ bar }) => bar)).toEqual([at]);
      }
  });

  test('with a year without bars are told, but for bars of a month', () => {
    for (const { series, bars, at } of places) {
      const odd = findOddBars(
        joined(partOf(bars, 0, at), changed(partOf(bars, at, bars.length), { later: 364 * DAY })),
        series.timeframe,
      );
      expect(odd.filter(({ kind }) => kind === 'hole').map(({ bar }) => bar)).toEqual([at]);
    }
  });

  test('with prices that are not adjusted for a split say so, four times of five', () => {
    const split = places.filter(({ bars, series, at }) =>
      findOddBars(
        joined(partOf(bars, 0, at), changed(partOf(bars, at, bars.length), { times: 1 / 4 })),
        series.timeframe,
      ).some(({ message }) => message.includes('shares are split')),
    );
    expect(split.length).toBeGreaterThan(0.8 * places.length);
  });

  test('with a day on a weekend, or a bar at night, are told', () => {
    const days = HONEST.find(({ name }) => name === 'days of New York by their dates');
    const hours = HONEST.find(({ name }) => name === 'hours of New York from its opening');
    for (const [series, hour] of [
      [days, 0],
      [hours, 4],
    ] as const) {
      if (!series) throw new Error('There is no such series.');
      const { time } = series;
      const saturday = time.findIndex((at, bar) => bar > 50 && at - (time[bar - 1] ?? 0) > 2.5 * DAY) - 1;
      const strange = Math.floor((time[saturday] ?? 0) / DAY) * DAY + DAY + hour * 3_600_000;
      const all = Float64Array.from([...time, strange]).sort();
      const bars = priceWalk({ time: all, move: 0.01, seed: 1 });
      const odd = findOddBars(bars, series.timeframe).filter(({ kind }) => kind === 'out-of-place');
      expect(odd.map(({ bar }) => bar)).toEqual([saturday + 1]);
    }
  });
});
