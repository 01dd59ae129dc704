import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import type { Bars, Timeframe } from '#core/market/bars.ts';
import { backtest } from '../backtest.ts';
import { DEFAULT_SETTINGS } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { barsFrom } from '../testing/bars.ts';
import { calendarOf } from './calendar.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365.2425 * DAY;

/** Bars at these times, the price growing evenly from 100 to `last`. */
function barsAt(times: readonly number[], timeframe: Timeframe, last = 110): Bars {
  const bars = barsFrom(
    times.map((_, bar) => {
      const price = 100 + ((last - 100) * bar) / (times.length - 1);
      return [price, price, price, price] as const;
    }),
    timeframe,
  );
  return { ...bars, time: Float64Array.from(times) };
}

const days = (from: string, to: string): number[] => {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  return Array.from({ length: Math.round((last - first) / DAY) + 1 }, (_, day) => first + day * DAY);
};
const isWeekday = (time: number): boolean => ![0, 6].includes(new Date(time).getUTCDay());
/** Seven hours of a session, on weekdays. */
const sessions = (from: string, to: string): number[] =>
  days(from, to)
    .filter(isWeekday)
    .flatMap((day) => Array.from({ length: 7 }, (_, hour) => day + (14 + hour) * HOUR));
const months = (count: number): number[] => Array.from({ length: count }, (_, month) => Date.UTC(2015, month, 1));

const whole = (bars: Bars) => ({ from: 0, to: bars.length });
const perYear = (times: readonly number[], timeframe: Timeframe): number => {
  const bars = barsAt(times, timeframe);
  return calendarOf(bars, whole(bars)).barsPerYear;
};

function heldOn(bars: Bars, span = whole(bars), code = 'buy(when: barIndex >= 0)') {
  const plan = compile(parse(code).formula, {});
  const run = plan.ok ? backtest(plan.value, bars, { ...DEFAULT_SETTINGS, fill: 'close' }, { span }) : plan;
  if (!run.ok) throw new Error(JSON.stringify(run));
  return run.value.metrics;
}

describe('bars a year', () => {
  test.each([
    ['days of a market that never rests', days('2021-01-01', '2022-01-01'), '1d', 365.2425],
    ['weekdays', days('2020-01-01', '2024-12-31').filter(isWeekday), '1d', 260.9],
    ['hours of a session', sessions('2020-01-01', '2024-12-31'), '1h', 1826],
    [
      'hours of a market that never rests',
      days('2021-01-01', '2021-03-01').flatMap((day) => Array.from({ length: 24 }, (_, hour) => day + hour * HOUR)),
      '1h',
      8765.82,
    ],
    ['weeks', days('2015-01-05', '2024-12-30').filter((day) => new Date(day).getUTCDay() === 1), '1w', 52.18],
    ['months', months(120), '1M', 12],
  ] as const)('are those that the market has: %s', (_, times, timeframe, expected) => {
    expect(perYear(times, timeframe) / expected).toBeCloseTo(1, 2);
  });

  test('where years are missing in the middle, the others count', () => {
    const times = days('2015-01-01', '2024-12-31').filter(isWeekday);
    const holey = times.filter((time) => time < Date.UTC(2017, 0, 1) || time > Date.UTC(2019, 6, 1));
    expect(perYear(holey, '1d') / perYear(times, '1d')).toBeCloseTo(1, 2);
    const monthly = months(120).filter((_, month) => month < 30 || month > 60);
    expect(perYear(monthly, '1M')).toBeCloseTo(12, 1);
  });

  test('a long holiday is no hole', () => {
    const times = days('2020-01-01', '2024-12-31').filter(
      (day) => isWeekday(day) && new Date(day).getUTCMonth() + 1 !== 2,
    );
    expect(perYear(times, '1d')).toBeLessThan(243);
  });

  test('a part of a market has those of the whole', () => {
    const bars = barsAt(days('2020-01-01', '2024-12-31').filter(isWeekday), '1d');
    expect(calendarOf(bars, { from: 500, to: 505 }).barsPerYear).toBe(calendarOf(bars, whole(bars)).barsPerYear);
  });

  test('are not counted over less than a week', () => {
    expect(perYear(days('2021-01-04', '2021-01-10'), '1d')).toBeNaN();
    expect(perYear(days('2021-01-04', '2021-01-11'), '1d')).toBeCloseTo(365.2425, 6);
  });

  test('of any bars: as many as their mean distance fits into a year, holes aside', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 8, maxLength: 200 }), (distances) => {
        const times = [0];
        for (const distance of distances) times.push((times.at(-1) ?? 0) + distance * DAY);
        const resting = distances
          .map((distance) => (distance > 31 ? 1 : distance))
          .reduce((sum, distance) => sum + distance, 0);
        expect(perYear(times, '1d')).toBeCloseTo((distances.length * 365.2425) / resting, 6);
      }),
    );
  });
});

describe('growth a year is by the calendar', () => {
  test('the double in a year is 100 %, whatever bars the year has', () => {
    const year = (times: number[], timeframe: Timeframe) => heldOn(barsAt(times, timeframe, 200))['cagr'];
    expect(year(days('2021-01-01', '2022-01-01'), '1d')).toBeCloseTo(1, 2);
    expect(year(days('2021-01-01', '2021-12-31').filter(isWeekday), '1d')).toBeCloseTo(1, 2);
    expect(year(sessions('2021-01-01', '2021-12-31'), '1h')).toBeCloseTo(1, 2);
    expect(year(months(13), '1M')).toBeCloseTo(1, 2);
    // Two years: the root of 2.
    expect(year(days('2020-01-01', '2022-01-01'), '1d')).toBeCloseTo(Math.SQRT2 - 1, 2);
  });

  test('from the first close to the last: a hole is time too', () => {
    const bars = barsAt([...days('2020-01-01', '2020-02-01'), ...days('2021-12-01', '2022-01-01')], '1d', 200);
    expect(heldOn(bars)['cagr']).toBeCloseTo(2 ** (YEAR / (731 * DAY)) - 1, 9);
  });

  test('a part of a market has its own', () => {
    const bars = barsAt(days('2020-01-01', '2023-12-31'), '1d', 200);
    const span = { from: 366, to: 366 + 366 };
    const grown = (bars.close[span.to - 1] ?? NaN) / (bars.close[span.from] ?? NaN);
    expect(heldOn(bars, span)['cagr']).toBeCloseTo(grown ** (YEAR / (365 * DAY)) - 1, 9);
  });

  test('below 30 days there is none', () => {
    const growth = ['cagr', 'annualReturn', 'sharpeCompound', 'calmar', 'alpha', 'turnover'] as const;
    const short = heldOn(barsAt(days('2021-01-01', '2021-01-30'), '1d'));
    expect(growth.map((key) => short[key])).toEqual(growth.map(() => NaN));
    expect(short['sharpe']).toBeGreaterThan(0);
    const long = heldOn(barsAt(days('2021-01-01', '2021-01-31'), '1d'));
    expect(long['cagr']).toBeCloseTo(1.1 ** (365.2425 / 30) - 1, 9);
  });

  test('two minutes say nothing of a year', () => {
    const metrics = heldOn(barsAt([0, 60_000], '1m', 101));
    for (const key of [
      'cagr',
      'annualReturn',
      'volatility',
      'sharpe',
      'sharpeCompound',
      'sortino',
      'calmar',
      'turnover',
      'alpha',
    ] as const)
      expect([key, metrics[key]]).toEqual([key, NaN]);
    expect(metrics['totalReturn']).toBeCloseTo(0.01, 12);
  });
});

test('every figure is a finite number or none, of any bars and trades', () => {
  const price = fc.oneof(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.constantFrom(1e-300, 1e300, 1, 100));
  const distance = fc.constantFrom(1000, 60_000, HOUR, DAY, 40 * DAY, 400 * DAY);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(price, distance), { minLength: 1, maxLength: 60 }),
      fc.constantFrom('barIndex >= 0', 'hour < 12', 'close > close[1]', 'false'),
      fc.constantFrom('buy', 'short'),
      (steps, when, action) => {
        let time = 0;
        const times = steps.map(([, wait]) => (time += wait));
        const bars = {
          ...barsFrom(steps.map(([value]) => [value, value, value, value])),
          time: Float64Array.from(times),
        };
        const metrics = heldOn(
          bars,
          whole(bars),
          `${action}(when: ${when})\n${action === 'buy' ? 'sell' : 'cover'}(when: not (${when}))`,
        );
        expect(Object.entries(metrics).filter(([, value]) => !Number.isFinite(value) && !Number.isNaN(value))).toEqual(
          [],
        );
      },
    ),
  );
});
