import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { certainCloseOf, closeOf } from '#core/market/bar-close.ts';
import type { Bar, Bars, Timeframe } from '#core/market/bars.ts';
import { arbitraryTimeframe } from '#core/market/testing/arbitrary-timeframe.ts';
import {
  barEnd,
  barStart,
  canBeMadeOf,
  latestBarEnd,
  parseTimeframe,
  timeframeLength,
} from '#core/market/timeframe.ts';
import { backtest } from '../backtest.ts';
import { evaluate, type Series } from '../evaluate.ts';
import { DEFAULT_SETTINGS } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import type { Plan } from '../plan/plan.ts';
import { createBarRunner, type BarRunner } from '../stream/bar-runner.ts';
import { pushBar } from '../stream/push-bar.ts';

const HOUR = 3_600_000;
const LENGTH = 70;
/** A Friday at the end of a month. */
const BEGIN = Date.UTC(2024, 4, 31);

/**
 * How long after one bar the next opens: mostly at once, but for a night, a weekend, a hole, a short bar of a session,
 * or a clock that goes wrong.
 */
const nextOpen = (timeframe: Timeframe): fc.Arbitrary<(time: number) => number> =>
  fc.oneof(
    { weight: 20, arbitrary: fc.constant((time: number) => barEnd(time, timeframe)) },
    {
      weight: 2,
      arbitrary: fc
        .integer({ min: 1, max: 30 })
        .map((bars) => (time: number) => time + bars * timeframeLength(timeframe)),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(17.5 * HOUR, 65.5 * HOUR)
        .map((night) => (time: number) => barEnd(time, timeframe) + night),
    },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 1, max: 90 }).map((minutes) => (time: number) => time + minutes * 60_000),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(-HOUR, HOUR)
        .map((change) => (time: number) => Math.max(time + 1000, barEnd(time, timeframe) + change)),
    },
  );

/** Bars that open by the calendar, or off it. */
const arbitraryMarket = (symbol: string, timeframes: fc.Arbitrary<Timeframe>): fc.Arbitrary<Bars> =>
  fc
    .record({ timeframe: timeframes, offset: fc.constantFrom(0, 0, 0.5 * HOUR, 14.5 * HOUR, 22 * HOUR) })
    .chain(({ timeframe, offset }) =>
      fc
        .array(fc.tuple(nextOpen(timeframe), fc.integer({ min: 50, max: 150 }), fc.nat(9)), {
          minLength: LENGTH,
          maxLength: LENGTH,
        })
        .map((steps) => {
          let time = barStart(BEGIN, timeframe) + offset;
          const bars = steps.map(([next, close, range]): Bar => {
            const bar = {
              time,
              open: close - range / 2,
              high: close + range,
              low: close - range,
              close,
              volume: range + 1,
            };
            time = next(time);
            return bar;
          });
          return barsOf(symbol, timeframe, bars);
        }),
    );

function barsOf(symbol: string, timeframe: Timeframe, bars: readonly Bar[]): Bars {
  const column = (name: keyof Bar) => Float64Array.from(bars, (bar) => bar[name]);
  return {
    symbol,
    timeframe,
    length: bars.length,
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

function barsIn({ time, open, high, low, close, volume, length }: Bars): Bar[] {
  const at = (column: Float64Array, bar: number) => column[bar] ?? Number.NaN;
  return Array.from({ length }, (_, bar) => ({
    time: at(time, bar),
    open: at(open, bar),
    high: at(high, bar),
    low: at(low, bar),
    close: at(close, bar),
    volume: at(volume, bar),
  }));
}

/** A market, and another one whose bars are of a like length or of any; or both of usual lengths. */
const markets: fc.Arbitrary<readonly [Bars, Bars]> = fc.oneof(
  fc.tuple(
    arbitraryMarket('OWN', fc.constantFrom<Timeframe>('30m', '1h', '4h', '1d')),
    arbitraryMarket('SPY', fc.constantFrom<Timeframe>('15m', '1h', '4h', '1d')),
  ),
  fc.tuple(arbitraryMarket('OWN', arbitraryTimeframe), arbitraryMarket('SPY', arbitraryTimeframe)),
  arbitraryTimeframe.chain((timeframe) =>
    fc.tuple(arbitraryMarket('OWN', fc.constant(timeframe)), arbitraryMarket('SPY', fc.constant(timeframe))),
  ),
);

/** Lengths that can be made of others: multiples, and those of the calendar. */
const longerThan = (timeframe: Timeframe): Timeframe[] => {
  const [count, unit] = [Number(timeframe.slice(0, -1)), timeframe.slice(-1)];
  return [
    ...[2, 3, 7].map((times) => parseTimeframe(`${count * times}${unit}`) ?? timeframe),
    ...(['4h', '1d', '1w', '1M', '3M'] as const),
  ].filter((longer) => canBeMadeOf(longer, timeframe));
};

const world = markets.chain(([own, spy]) =>
  fc.tuple(
    arbitraryFormula({
      maxStatements: 8,
      feeds: [
        { symbol: 'SPY' },
        ...longerThan(own.timeframe).map((timeframe) => ({ timeframe })),
        { symbol: 'OWN', timeframe: own.timeframe },
        ...longerThan(spy.timeframe).map((timeframe) => ({ symbol: 'SPY', timeframe })),
      ],
    }),
    fc.constant(own),
    fc.constant(spy),
  ),
);

function planOf(source: Formula, keepNamed: boolean): Plan {
  const plan = compile(source, {}, { keepNamed });
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

function seriesOf(plan: Plan, bars: Bars, feed: Bars): Series {
  const series = evaluate(plan, bars, new Map([[feed.symbol, feed]]));
  if (!series.ok) throw new Error(series.error);
  return series.value;
}

const bits = (column: Float64Array | undefined): BigUint64Array =>
  new BigUint64Array(Float64Array.from(column ?? [], (value) => (Number.isNaN(value) ? Number.NaN : value)).buffer);

/**
 * The bars that have closed at `now`, and behind them those of another world: other prices, and of those that have not
 * opened yet some are left out and all are somewhat later. `isClosed` is known of a bar at `now`, whichever of the
 * worlds it is.
 */
function withOtherFuture(
  bars: Bars,
  isClosed: (bar: number) => boolean,
  { now, dropEvery, delay }: { readonly now: number; readonly dropEvery: number; readonly delay: number },
): Bars {
  const all = barsIn(bars);
  const past = all.filter((_, bar) => isClosed(bar));
  const future = all.slice(past.length).filter(({ time }, index) => time <= now || index % dropEvery !== 0);
  const changed = future.map(({ time, open, high, low, close, volume }): Bar => ({
    time: time <= now ? time : time + delay,
    open: 2 * open,
    high: 3 * high,
    low: low / 2,
    close: 2 * close,
    volume: volume + 5,
  }));
  return barsOf(bars.symbol, bars.timeframe, [...past, ...changed]);
}

describe('no formula can see the future', () => {
  test('whatever comes later, of any feed, moves no earlier value', () => {
    fc.assert(
      fc.property(
        world,
        fc.nat(LENGTH - 1),
        fc.integer({ min: 2, max: 5 }),
        fc.constantFrom(0, 60_000, 3 * HOUR),
        ([source, bars, feed], at, dropEvery, delay) => {
          const plan = planOf(source, true);
          const now = closeOf(bars, at);
          const before = seriesOf(plan, bars, feed);
          const changes = { now, dropEvery, delay };
          const after = seriesOf(
            plan,
            withOtherFuture(bars, (bar) => bar <= at, changes),
            withOtherFuture(feed, (bar) => certainCloseOf(feed, bar) <= now, changes),
          );
          for (const [name, column] of before)
            expect([name, bits(after.get(name)?.slice(0, at + 1))]).toEqual([name, bits(column.slice(0, at + 1))]);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('what has closed by then is seen, of bars of any length', () => {
    fc.assert(
      fc.property(markets, ([bars, feed]) => {
        const seen =
          seriesOf(planOf(parse('last = feed("SPY").close').formula, true), bars, feed).get('last') ??
          new Float64Array();
        // In the plainest way: the newest bar that began a length ago (an hour more for a day that may be longer), or
        // behind which another one has begun.
        const expected = Array.from({ length: bars.length }, (_, bar) => {
          const now = Math.min(barEnd(bars.time[bar] ?? 0, bars.timeframe), bars.time[bar + 1] ?? Infinity);
          return (
            barsIn(feed).findLast(
              ({ time }, index) =>
                Math.min(latestBarEnd(time, feed.timeframe), feed.time[index + 1] ?? Infinity) <= now,
            )?.close ?? Number.NaN
          );
        });
        expect(Array.from(seen)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test('a bot that is handed bars as they close does what the backtest does, saved and restored at any of them', () => {
    fc.assert(
      fc.property(world, fc.nat(LENGTH - 1), ([source, bars, feed], pause) => {
        const plan = planOf(source, false);
        const settings = { ...DEFAULT_SETTINGS, closeAtEnd: false };
        const batch = backtest(plan, bars, settings, { feeds: new Map([['SPY', feed]]) });
        if (!batch.ok) throw new Error('the run did not end');
        const start = (): BarRunner => {
          const runner = createBarRunner(plan, settings, bars.timeframe, {
            symbol: 'OWN',
            feeds: new Map([['SPY', feed.timeframe]]),
          });
          if (!runner.ok) throw new Error(runner.error);
          return runner.value;
        };
        let runner = start();
        const streamed = { signals: [] as unknown[], trades: [] as unknown[], equity: [] as number[] };
        for (let index = 0; index < bars.length; index += 1) {
          if (index === pause) {
            const saved = runner.save();
            runner = start();
            expect(runner.restore(saved)).toBe(true);
          }
          const outcome = pushBar(runner, { own: bars, feeds: [feed] }, index);
          streamed.signals.push(...outcome.signals);
          streamed.trades.push(...outcome.trades);
          streamed.equity.push(outcome.equity);
        }
        expect(streamed.signals).toEqual(batch.value.signals);
        expect(streamed.trades).toEqual(batch.value.trades);
        expect(bits(Float64Array.from(streamed.equity))).toEqual(bits(batch.value.equity));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a runner refuses', () => {
  const refusalOf = (code: string): string | undefined => {
    const runner = createBarRunner(planOf(parse(code).formula, false), DEFAULT_SETTINGS, '1h', {
      symbol: 'OWN',
      feeds: new Map([['SPY', '1d']]),
    });
    return runner.ok ? undefined : runner.error;
  };

  test('bars that will not come', () => {
    expect(refusalOf('buy(when: feed("QQQ").close > 1)')).toBe(
      'The formula reads the feed "QQQ", and there are no bars of it.',
    );
    expect(refusalOf('buy(when: feed("SPY", "1h").close > 1)')).toContain('there are only 1d ones');
    expect(refusalOf('buy(when: feed(timeframe: "15m").close > 1)')).toContain('The formula reads 15m bars of OWN');
  });

  test('none that come, whoever they are of', () => {
    expect(
      ['feed("SPY", "1w")', 'feed("SPY")', 'feed("OWN")', 'feed("OWN", "1d")', 'feed(timeframe: "1h")'].map((feed) =>
        refusalOf(`buy(when: ${feed}.close > 1)`),
      ),
    ).toEqual(Array.from({ length: 5 }, () => undefined));
  });
});
