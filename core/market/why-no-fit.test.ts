import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Timeframe } from './bars.ts';
import { lengthProblem } from './named-length.ts';
import { readLength } from './read-length.ts';
import { HONEST } from './testing/honest-series.ts';
import { timeframeLength } from './timeframe.ts';
import { whyNoFit } from './why-no-fit.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One bar of so many once more, later, in no order, and the last one. */
function copied(time: Float64Array, of: number, later: number): Float64Array {
  const again = time.filter((_, bar) => bar === time.length - 1 || Math.imul(bar + 1, 0x9e3779b1) >>> 0 < 2 ** 32 / of);
  return Float64Array.from(new Set([...time, ...again.map((at) => at + later)])).sort();
}

/** Lengths that do not come from copies: within the length of a bar, and at no other bar. */
const latersOf = (timeframe: Timeframe): number[] =>
  [SECOND, 20 * MINUTE, 5 * HOUR].filter((later) => later < timeframeLength(timeframe));

describe.each(HONEST)('$name', ({ timeframe, time }) => {
  test.each([1, 3, 20])('appended %i at a time it is the whole, from any bar on', (count) => {
    expect(lengthProblem(time, timeframe)).toBeNull();
    for (let at = time.length - 60; at < time.length; at += count)
      expect(whyNoFit(time.subarray(0, at), time.subarray(at, at + count), timeframe)).toBeNull();
  });

  test.each([1, 3, 20])('%i of it that were missing are put between others', (count) => {
    for (const at of [1, time.length >> 2, time.length >> 1, time.length - 2 * count]) {
      const known = Float64Array.from([...time.subarray(0, at), ...time.subarray(at + count)]);
      expect(whyNoFit(known, time.subarray(at, at + count), timeframe)).toBeNull();
    }
  });

  test('its last bars may come with some that are known', () => {
    const known = time.subarray(0, time.length - 5);
    expect(whyNoFit(known, time.subarray(-25), timeframe)).toBeNull();
  });

  const laters = latersOf(timeframe);
  const cases = laters.flatMap((later) => [1, 2, 3, 10, 50, time.length].map((every) => [later, every] as const));

  test.each(cases)('with bars once more %i ms later, one of %i, it is refused', (later, every) => {
    const both = copied(time, every, later);
    const read = readLength(both);
    // Two bars a session instead of one may be bars of half a session.
    if (read.ok)
      expect([every, timeframeLength(read.value) >= HOUR, read.value === timeframe]).toEqual([1, true, false]);
    if (every > 1) expect(lengthProblem(both, timeframe)).not.toBeNull();
  });

  test.each(laters)('with the newest bars once more %i ms later nothing is appended', (later) => {
    for (const count of [1, 3, 20, 100]) {
      const known = time.subarray(0, time.length - count);
      const given = time.subarray(time.length - count);
      expect(whyNoFit(known, copied(given, 1, later), timeframe), `all of ${count}`).not.toBeNull();
      expect(whyNoFit(known, copied(given, given.length + 1, later), timeframe), `the last of ${count}`).not.toBeNull();
      expect(
        whyNoFit(
          time,
          given.map((at) => at + later),
          timeframe,
        ),
        `${count} by another clock`,
      ).not.toBeNull();
    }
  });

  test('bars of half the length are refused', () => {
    const half = timeframeLength(timeframe) / 2;
    if (timeframe.endsWith('M')) return;
    for (const count of [2, 5, 100]) {
      const last = time[time.length - 1] ?? 0;
      const shorter = Float64Array.from({ length: count }, (_, bar) => last + 2 * half + bar * half);
      expect(whyNoFit(time, shorter, timeframe)).not.toBeNull();
    }
  });
});

const dense = HONEST.filter(({ isDense }) => isDense);
test.each(
  dense.flatMap(({ name, timeframe, time }) =>
    [2, 4, 24, 31].flatMap((times) => [5, 10, 100].map((count) => ({ name, timeframe, time, times, count }))),
  ),
)('$count bars that are $times times as long behind $name are refused', ({ timeframe, time, times, count }) => {
  const last = (time[time.length - 1] ?? 0) + timeframeLength(timeframe);
  const longer = Float64Array.from({ length: count }, (_, bar) => last + bar * times * timeframeLength(timeframe));
  expect(whyNoFit(time, longer, timeframe)).not.toBeNull();
});

test('days of a clock that is some minutes to some hours off are never days of the market, be they one or half of all', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...HONEST.filter(({ timeframe }) => timeframe === '1d')),
      fc.integer({ min: 1, max: 150 }),
      fc.integer({ min: 1, max: 12 * 60 }).filter((minutes) => minutes !== 60),
      fc.constantFrom(-1, 1),
      fc.boolean(),
      ({ time, timeframe }, count, minutes, sign, isBegun) => {
        const split = time.length - count;
        const given = time.subarray(isBegun ? split - 1 : split).map((at) => at + sign * minutes * MINUTE);
        expect(whyNoFit(time.subarray(0, split), given, timeframe)).not.toBeNull();
      },
    ),
  );
});

test('days that are named by their closes in the evening show by their Friday', () => {
  const weekdays = Array.from({ length: 280 }, (_, day) => Date.UTC(2024, 0, 1, 21) + day * DAY).filter(
    (at) => new Date(at).getUTCDay() % 6 !== 0,
  );
  const opens = Float64Array.from(weekdays, (at) => at - DAY);
  expect(whyNoFit(opens.subarray(0, -5), opens.subarray(-5), '1d')).toBeNull();
  expect(whyNoFit(opens.subarray(0, -5), Float64Array.from(weekdays.slice(-5)), '1d')).toContain('closes');
});

test('hours of which each second one is there once more a second later are no seconds', () => {
  const hours = Float64Array.from({ length: 600 }, (_, hour) => Date.UTC(2020, 0, 1) + hour * HOUR);
  expect(readLength(copied(hours, 2, SECOND))).toMatchObject({ ok: false });
});
