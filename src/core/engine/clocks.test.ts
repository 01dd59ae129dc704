import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Formula } from '../formula/formula.ts';
import { parse } from '../formula/parse.ts';
import { arbitraryFormula } from '../formula/testing/arbitrary-formula.ts';
import type { Bar, Bars, Timeframe } from '../market/bars.ts';
import { barEnd, timeframeLength } from '../market/timeframe.ts';
import { backtest } from './backtest.ts';
import { compile } from './compile.ts';
import { evaluate, type Series } from './evaluate.ts';
import type { Plan } from './plan.ts';
import { giveBar } from './give-bar.ts';
import { createRunner, type Runner } from './runner.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

const HOUR = 3_600_000;
const LENGTH = 70;
/** A Friday at the end of a month. */
const BEGIN = Date.UTC(2024, 4, 31);

/** How long after one bar the next opens: mostly at once, but for a night, a weekend, a hole, or a clock that goes wrong. */
const distance = (timeframe: Timeframe): fc.Arbitrary<number> => fc.oneof(
  { weight: 20, arbitrary: fc.constant(timeframeLength(timeframe)) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 30 }).map((bars) => bars * timeframeLength(timeframe)) },
  { weight: 1, arbitrary: fc.constantFrom(17.5 * HOUR, 65.5 * HOUR) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 90 }).map((minutes) => minutes * 60_000) },
);

/** Bars that open on the hour, or off it. */
const arbitraryMarket = (symbol: string, timeframes: readonly Timeframe[]): fc.Arbitrary<Bars> =>
  fc.record({ timeframe: fc.constantFrom(...timeframes), offset: fc.constantFrom(0, 0, 0.5 * HOUR, 14.5 * HOUR, 22 * HOUR) }).chain(({ timeframe, offset }) =>
    fc.array(fc.tuple(distance(timeframe), fc.integer({ min: 50, max: 150 }), fc.nat(9)), { minLength: LENGTH, maxLength: LENGTH }).map((steps) => {
      let time = BEGIN + offset;
      const bars = steps.map(([distance, close, range]): Bar => {
        const bar = { time, open: close - range / 2, high: close + range, low: close - range, close, volume: range + 1 };
        time += distance;
        return bar;
      });
      return barsOf(symbol, timeframe, bars);
    }));

function barsOf(symbol: string, timeframe: Timeframe, bars: readonly Bar[]): Bars {
  const column = (name: keyof Bar) => Float64Array.from(bars, (bar) => bar[name]);
  return { symbol, timeframe, length: bars.length, time: column('time'), open: column('open'), high: column('high'), low: column('low'), close: column('close'), volume: column('volume') };
}

function barsIn({ time, open, high, low, close, volume, length }: Bars): Bar[] {
  const at = (column: Float64Array, bar: number) => column[bar] ?? Number.NaN;
  return Array.from({ length }, (_, bar) => ({ time: at(time, bar), open: at(open, bar), high: at(high, bar), low: at(low, bar), close: at(close, bar), volume: at(volume, bar) }));
}

const own = arbitraryMarket('OWN', ['30m', '1h', '4h']);
const spy = arbitraryMarket('SPY', ['15m', '1h', '4h', '1d']);

const formula = arbitraryFormula({
  maxStatements: 8,
  feeds: [{ timeframe: '4h' }, { timeframe: '1d' }, { timeframe: '1w' }, { symbol: 'OWN', timeframe: '1M' }, { symbol: 'SPY' }, { symbol: 'SPY', timeframe: '1d' }, { symbol: 'SPY', timeframe: '1w' }],
});

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

const bits = (column: Float64Array | undefined): BigUint64Array => new BigUint64Array(Float64Array.from(column ?? [], (value) => (Number.isNaN(value) ? Number.NaN : value)).buffer);

/** The bars that have closed at `now`, and behind them those of another world: other prices, some left out, all somewhat later. */
function withOtherFuture(bars: Bars, now: number, dropEvery: number, delay: number): Bars {
  const isPast = (bar: Bar) => barEnd(bar.time, bars.timeframe) <= now;
  const past = barsIn(bars).filter(isPast);
  const future = barsIn(bars).filter((bar) => !isPast(bar)).filter((_, index) => index % dropEvery !== 0);
  const changed = future.map(({ time, open, high, low, close, volume }): Bar => ({ time: time + delay, open: 2 * open, high: 3 * high, low: low / 2, close: 2 * close, volume: volume + 5 }));
  return barsOf(bars.symbol, bars.timeframe, [...past, ...changed]);
}

describe('no formula can see the future', () => {
  test('whatever comes later, of any feed, moves no earlier value', () => {
    fc.assert(fc.property(formula, own, spy, fc.nat(LENGTH - 1), fc.integer({ min: 2, max: 5 }), fc.constantFrom(0, 60_000, 3 * HOUR), (source, bars, feed, at, dropEvery, delay) => {
      const plan = planOf(source, true);
      const now = barEnd(bars.time[at] ?? 0, bars.timeframe);
      const until = barsIn(bars).filter(({ time }) => barEnd(time, bars.timeframe) <= now).length;
      const before = seriesOf(plan, bars, feed);
      const after = seriesOf(plan, withOtherFuture(bars, now, dropEvery, delay), withOtherFuture(feed, now, dropEvery, delay));
      for (const [name, column] of before) expect([name, bits(after.get(name)?.slice(0, until))]).toEqual([name, bits(column.slice(0, until))]);
    }), { numRuns: 300 });
  });

  test('a bot that is handed bars as they close does what the backtest does, saved and restored at any of them', () => {
    fc.assert(fc.property(formula, own, spy, fc.nat(LENGTH - 1), (source, bars, feed, pause) => {
      const plan = planOf(source, false);
      const settings = { ...DEFAULT_SETTINGS, closeAtEnd: false };
      const batch = backtest(plan, bars, settings, { feeds: new Map([['SPY', feed]]) });
      if (!batch.ok || batch.value === 'stopped') throw new Error('the run did not end');
      const start = (): Runner => {
        const runner = createRunner(plan, settings, bars.timeframe, { symbol: 'OWN', feeds: new Map([['SPY', feed.timeframe]]) });
        if ('refused' in runner) throw new Error(runner.refused);
        return runner;
      };
      let runner = start();
      const streamed = { signals: [] as unknown[], trades: [] as unknown[], equity: [] as number[] };
      for (let index = 0; index < bars.length; index += 1) {
        if (index === pause) {
          const saved = runner.save();
          runner = start();
          expect(runner.restore(saved)).toBe(true);
        }
        const outcome = giveBar(runner, { own: bars, feeds: [feed] }, index);
        streamed.signals.push(...outcome.signals);
        streamed.trades.push(...outcome.trades);
        streamed.equity.push(outcome.equity);
      }
      expect(streamed.signals).toEqual(batch.value.signals);
      expect(streamed.trades).toEqual(batch.value.trades);
      expect(bits(Float64Array.from(streamed.equity))).toEqual(bits(batch.value.equity));
    }), { numRuns: 200 });
  });
});

describe('a runner refuses', () => {
  const refusalOf = (code: string): string | undefined => {
    const runner = createRunner(planOf(parse(code).formula, false), DEFAULT_SETTINGS, '1h', { symbol: 'OWN', feeds: new Map([['SPY', '1d']]) });
    return 'refused' in runner ? runner.refused : undefined;
  };

  test('bars that will not come', () => {
    expect(refusalOf('buy(when: feed("QQQ").close > 1)')).toBe('The formula reads the feed "QQQ", and there are no bars of it.');
    expect(refusalOf('buy(when: feed("SPY", "1h").close > 1)')).toContain('there are only 1d ones');
    expect(refusalOf('buy(when: feed(timeframe: "15m").close > 1)')).toContain('The formula reads 15m bars of OWN');
  });

  test('none that come, whoever they are of', () => {
    expect(['feed("SPY", "1w")', 'feed("SPY")', 'feed("OWN")', 'feed("OWN", "1d")', 'feed(timeframe: "1h")'].map((feed) => refusalOf(`buy(when: ${feed}.close > 1)`))).toEqual(Array.from({ length: 5 }, () => undefined));
  });
});
