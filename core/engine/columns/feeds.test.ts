import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import type { Bars } from '#core/market/bars.ts';
import { DEFAULT_SETTINGS } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { Preview } from '../preview.ts';
import { barsFrom } from '../testing/bars.ts';
import { feedsApartInPart, feedTimesApart, whyFeedsApart } from './feeds.ts';

const DAY = 86_400_000;
const { formula } = parse('b = feed(symbol: "B")\nbuy(when: b.close > 0)');

function daysFrom(symbol: string, from: string, count: number): Bars {
  const bars = barsFrom(Array.from({ length: count }, () => [1, 1, 1, 1] as const));
  return { ...bars, symbol, time: Float64Array.from({ length: count }, (_, day) => Date.parse(from) + day * DAY) };
}

function whyApart(own: Bars, feed: Bars): string | null {
  const plan = compile(formula);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return whyFeedsApart(plan.value, own, new Map([['B', feed]]));
}

describe('a feed of another time', () => {
  const own = daysFrom('A', '2021-01-04', 4);

  test('has no bar before the last of the strategy', () => {
    expect(whyApart(own, daysFrom('B', '2030-01-01', 4))).toBe(
      'B has no bar before the last of A: its bars are of 2030-01-01 to 2030-01-04, those of A of 2021-01-04 to 2021-01-07.',
    );
    expect(whyApart(own, daysFrom('B', '2021-01-08', 4))).toContain('no bar before the last');
    expect(whyApart(own, daysFrom('B', '2021-01-07', 4))).toBeNull();
  });

  test('or ended long before the first', () => {
    expect(whyApart(own, daysFrom('B', '2019-01-01', 4))).toBe(
      'B has no bar after the first of A: its bars are of 2019-01-01 to 2019-01-04, those of A of 2021-01-04 to 2021-01-07.',
    );
    // Over a weekend it only rests.
    expect(whyApart(own, daysFrom('B', '2020-12-30', 3))).toBeNull();
  });

  test('that is there for a part of the strategy is told with the rest', () => {
    const plan = compile(formula);
    if (!plan.ok) throw new Error(JSON.stringify(plan.error));
    const long = daysFrom('A', '2021-01-04', 30);
    const told = (feed: Bars): string[] => feedsApartInPart(plan.value, long, new Map([['B', feed]]));
    expect(told(daysFrom('B', '2021-01-14', 60))).toEqual([
      'B begins on 2021-01-14: it is missing (na) at the 10 bars of A before.',
    ]);
    // The bar of the 7th is over on the 8th; a week later it does not rest any more.
    expect(told(daysFrom('B', '2020-12-01', 38))).toEqual([
      'B ends on 2021-01-07: it stands still at the last 18 bars of A.',
    ]);
    expect(told(daysFrom('B', '2021-01-05', 3))).toEqual([
      'B begins on 2021-01-05: it is missing (na) at the bar of A before.',
      'B ends on 2021-01-07: it stands still at the last 18 bars of A.',
    ]);
    expect(told(daysFrom('B', '2021-01-04', 30))).toEqual([]);
    expect(told(daysFrom('B', '2020-01-04', 800))).toEqual([]);
    expect(told(daysFrom('B', '2030-01-04', 30))).toEqual([]);
  });

  test('is told before its bars are read, wherever it would be told with them', () => {
    const plan = compile(formula);
    if (!plan.ok) throw new Error(JSON.stringify(plan.error));
    const day = fc.integer({ min: 0, max: 40 });
    const length = fc.integer({ min: 1, max: 40 });
    const timeOf = (bars: Bars) => ({
      symbol: bars.symbol,
      timeframe: bars.timeframe,
      first: bars.time[0] ?? Number.NaN,
      last: bars.time[bars.length - 1] ?? Number.NaN,
    });
    const from = (symbol: string, start: number, count: number): Bars =>
      daysFrom(symbol, new Date(Date.UTC(2021, 0, 4 + start)).toISOString().slice(0, 10), count);
    fc.assert(
      fc.property(day, length, day, length, (ownStart, ownLength, start, count) => {
        const [strategy, feed] = [from('A', ownStart, ownLength), from('B', start, count)];
        const feeds = new Map([['B', feed]]);
        const apart = whyFeedsApart(plan.value, strategy, feeds);
        const read = apart === null ? feedsApartInPart(plan.value, strategy, feeds) : [apart];
        // How many bars it is, only the bars say.
        const worded = read.map((text) =>
          text.replace(/at the (last )?(\d+ )?bars? of A( before)?\.$/, (_all, last, _count, before) =>
            last ? 'at the later bars of A.' : `at the bars of A${before}.`,
          ),
        );
        expect(
          feedTimesApart(plan.value, timeOf(strategy), [timeOf(feed), { ...timeOf(feed), symbol: 'OTHER' }]),
        ).toEqual(worded);
      }),
    );
  });

  test('is told with the preview', () => {
    const long = daysFrom('A', '2021-01-04', 30);
    const run = new Preview(long, new Map([['B', daysFrom('B', '2021-01-14', 60)]])).run(formula, DEFAULT_SETTINGS);
    expect(run).toMatchObject({
      ok: true,
      value: { doubts: ['B begins on 2021-01-14: it is missing (na) at the 10 bars of A before.'] },
    });
  });

  test('has no bars', () => {
    expect(whyApart(own, daysFrom('B', '2021-01-04', 0))).toContain('there are no bars of it');
  });

  test('is told in the preview', () => {
    const preview = new Preview(own, new Map([['B', daysFrom('B', '2030-01-01', 4)]]));
    expect(preview.run(formula, DEFAULT_SETTINGS)).toMatchObject({
      ok: false,
      error: { kind: 'feed', message: expect.stringContaining('B has no bar before the last of A') },
    });
  });
});
