import { describe, expect, test } from 'vitest';
import { parse } from '../formula/parse.ts';
import type { Bars } from '../market/bars.ts';
import { compile } from './compile.ts';
import { feedsApartInPart, whyFeedsApart } from './feeds.ts';
import { Preview } from './preview.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { barsFrom } from './testing/bars.ts';

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
    expect(whyApart(own, daysFrom('B', '2030-01-01', 4))).toBe('B has no bar before the last of A: its bars are of 2030-01-01 to 2030-01-04, those of A of 2021-01-04 to 2021-01-07.');
    expect(whyApart(own, daysFrom('B', '2021-01-08', 4))).toContain('no bar before the last');
    expect(whyApart(own, daysFrom('B', '2021-01-07', 4))).toBeNull();
  });

  test('or ended long before the first', () => {
    expect(whyApart(own, daysFrom('B', '2019-01-01', 4))).toBe('B has no bar after the first of A: its bars are of 2019-01-01 to 2019-01-04, those of A of 2021-01-04 to 2021-01-07.');
    // Over a weekend it only rests.
    expect(whyApart(own, daysFrom('B', '2020-12-30', 3))).toBeNull();
  });

  test('that is there for a part of the strategy is told with the rest', () => {
    const plan = compile(formula);
    if (!plan.ok) throw new Error(JSON.stringify(plan.error));
    const long = daysFrom('A', '2021-01-04', 30);
    const told = (feed: Bars): string[] => feedsApartInPart(plan.value, long, new Map([['B', feed]]));
    expect(told(daysFrom('B', '2021-01-14', 60))).toEqual(['B begins on 2021-01-14: it is missing (na) at the 10 bars of A before.']);
    // The bar of the 7th is over on the 8th; a week later it does not rest any more.
    expect(told(daysFrom('B', '2020-12-01', 38))).toEqual(['B ends on 2021-01-07: it stands still at the last 18 bars of A.']);
    expect(told(daysFrom('B', '2021-01-05', 3))).toEqual(['B begins on 2021-01-05: it is missing (na) at the bar of A before.', 'B ends on 2021-01-07: it stands still at the last 18 bars of A.']);
    expect(told(daysFrom('B', '2021-01-04', 30))).toEqual([]);
    expect(told(daysFrom('B', '2020-01-04', 800))).toEqual([]);
    expect(told(daysFrom('B', '2030-01-04', 30))).toEqual([]);
  });

  test('has no bars', () => {
    expect(whyApart(own, daysFrom('B', '2021-01-04', 0))).toContain('there are no bars of it');
  });

  test('is told in the preview', () => {
    const preview = new Preview(own, new Map([['B', daysFrom('B', '2030-01-01', 4)]]));
    expect(preview.run(formula, DEFAULT_SETTINGS)).toMatchObject({ ok: false, error: { kind: 'feed', message: expect.stringContaining('B has no bar before the last of A') } });
  });
});
