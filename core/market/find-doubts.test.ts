import { describe, expect, test } from 'vitest';
import { findDoubts } from './find-doubts.ts';
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

/** How often something is doubted of what is made of the bars before and behind some joins of all series. */
function countOver(
  make: (known: Part, given: Part, next: () => number) => Part,
  {
    joins = 12,
    isOf = () => true,
  }: { readonly joins?: number; readonly isOf?: (series: HonestSeries) => boolean } = {},
) {
  let [asked, of] = [0, 0];
  for (const { series, bars, seed } of WALKS.filter((walk) => isOf(walk.series))) {
    const next = numbersOf(seed);
    for (let join = 0; join < joins; join += 1) {
      const at = Math.floor(bars.length / 2 + next() * (bars.length / 2 - 20));
      const known = partOf(bars, Math.max(0, at - 500), at);
      const given = partOf(bars, at, at + ([1, 3, 20][join % 3] ?? 1));
      of += 1;
      if (findDoubts(known, make(known, given, next), series.timeframe).length > 0) asked += 1;
    }
  }
  return { asked, of, rate: asked / of };
}

describe('honest bars', () => {
  test('are asked about once in a thousand joins at the most', () => {
    const { asked, of } = countOver((_, given) => given, { joins: 40 });
    expect(of).toBeGreaterThan(3000);
    expect(asked).toBeLessThanOrEqual(of / 1000);
  });

  test('of a split are taken nineteen times of twenty', () => {
    const splits = [2, 3, 4, 5, 10, 20, 1 / 2, 1 / 10, 1.5];
    const { rate } = countOver((_, given, next) =>
      changed(given, { times: splits[Math.floor(next() * splits.length)] ?? 2 }),
    );
    expect(rate).toBeLessThan(0.05);
  });

  test('of a price that falls by 60% within a bar are taken', () => {
    const { asked } = countOver((known, given) => {
      const fallen = changed(given, { times: 0.4 });
      const before = known.close[known.length - 1] ?? 0;
      fallen.open[0] = before;
      fallen.high[0] = Math.max(before, fallen.high[0] ?? 0);
      return fallen;
    });
    expect(asked).toBe(0);
  });

  test('of a price that opens 60% lower and moves by a tenth on that bar are taken', () => {
    const { asked } = countOver((_, given) => {
      const fallen = changed(given, { times: 0.4 });
      fallen.low[0] = (fallen.low[0] ?? 0) * 0.9;
      return fallen;
    });
    expect(asked).toBe(0);
  });

  test('of money that loses a tenth or a third of its worth at each bar are taken', () => {
    for (const { time, timeframe } of HONEST.filter((series) => series.timeframe === '1d'))
      for (const rise of [0.1, 0.4]) {
        const bars = priceWalk({ time: time.slice(0, 400), move: 0.05, rise, seed: 3 });
        for (let at = 100; at < 390; at += 10)
          expect(findDoubts(partOf(bars, 0, at), partOf(bars, at, at + 3), timeframe)).toEqual([]);
      }
  });

  test('behind a halt of three weeks, a fifth lower, are taken nineteen times of twenty', () => {
    const { rate } = countOver((_, given) => changed(given, { later: 21 * DAY, times: 0.8 }));
    expect(rate).toBeLessThan(0.05);
  });
});

describe('wrong bars', () => {
  test('of prices that are 100 or 1000 times as much or as little are always asked about', () => {
    for (const times of [100, 1000, 1 / 100, 1 / 1000]) {
      const { asked, of } = countOver((_, given) => changed(given, { times }), { isOf: isShort });
      expect(asked).toBe(of);
    }
  });

  test('of another symbol, which costs between half as much again and thirty times as much, are asked about four times of five', () => {
    const make = (_: Part, given: Part, next: () => number): Part => {
      const factor = 1.5 * 20 ** next();
      return changed(given, { times: next() < 0.5 ? factor : 1 / factor });
    };
    expect(countOver(make, { isOf: isShort }).rate).toBeGreaterThan(0.8);
  });

  test('behind a year without bars are always asked about, but for bars of a month', () => {
    const { asked, of } = countOver((_, given) => changed(given, { later: 364 * DAY }), {
      isOf: ({ timeframe }) => timeframe !== '1M',
    });
    expect(asked).toBe(of);
  });

  test('of two or three that are days apart within a week are asked about, in markets with weekends', () => {
    for (const { name, time, timeframe } of HONEST.filter(
      (series) => series.timeframe === '1d' && !series.name.includes('coins'),
    )) {
      const bars = priceWalk({ time: time.slice(0, 400), move: 0.01, seed: 5 });
      const distance = (bar: number): number => ((time[bar] ?? 0) - (time[bar - 1] ?? 0)) / DAY;
      const monday = [...bars.time.keys()].findLast((bar) => distance(bar) > 2.9 && distance(bar) < 3.1) ?? 0;
      const known = partOf(bars, 0, monday + 1);
      for (const days of [
        [2, 4],
        [3, 5],
        [2, 4, 7],
      ]) {
        const given = partOf(bars, monday + 1, monday + 1 + days.length);
        days.forEach((day, bar) => (given.time[bar] = (time[monday] ?? 0) + day * DAY));
        const kinds = findDoubts(known, given, timeframe).map(({ kind }) => kind);
        expect(kinds, `${days.join()} of ${name}`).toContain('longer');
      }
    }
  });
});

test('a doubt says the figures, and what to look for', () => {
  const time = Float64Array.from({ length: 200 }, (_, day) => Date.UTC(2024, 0, 1) + day * DAY);
  const bars = priceWalk({ time, move: 0.01, seed: 1 });
  const known = partOf(bars, 0, 190);
  const given = changed(partOf(bars, 190, 200), { times: 1000, later: 365 * DAY });
  const doubts = findDoubts(known, given, '1d');
  expect(doubts.map(({ kind }) => kind)).toEqual(['jump', 'hole']);
  expect(doubts[0]?.message).toMatch(/times as much\. .*% at most.*currency and unit/);
  expect(doubts[1]?.message).toContain('366 days without a bar');
  expect(timeframeLength('1d')).toBe(DAY);
});
