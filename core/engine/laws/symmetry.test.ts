import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import type { Bars } from '#core/market/bars.ts';
import type { BacktestResult } from '../outcome/backtest-result.ts';
import type { Settings } from '../outcome/settings.ts';
import { barsFrom } from '../testing/bars.ts';
import { tradeBars } from '../testing/trade-rows.ts';

/** `npm run test:long` runs so many times as many cases. */

/**
 * Prices are quarters around 128: their mirror images, sums and products with powers of two are exact, and they often
 * meet a level to the bit.
 */
const MIDDLE = 128;
const price = fc.integer({ min: -60, max: 60 }).map((quarters) => MIDDLE + quarters / 4);
const rows = fc
  .array(fc.tuple(price, price, price, price), { minLength: 30, maxLength: 30 })
  .map((all) => all.map(([a, b, c, d]) => [a, Math.max(a, b, c, d), Math.min(a, b, c, d), d] as const));

const NAMES: Readonly<Record<string, string>> = {
  buy: 'short',
  short: 'buy',
  sell: 'cover',
  cover: 'sell',
  high: 'low',
  low: 'high',
  long: 'short',
};

/** Code that both sides can be written of: `toGain` is + for a long position. */
type Written = (isMirror: boolean) => string;

const mirrored = (name: string, isMirror: boolean): string => (isMirror ? (NAMES[name] ?? name) : name);
const level =
  (name: string, sign: 1 | -1, from: string, distance: number): Written =>
  (isMirror) =>
    `, ${name}: ${mirrored(from, isMirror)} ${sign < 0 === isMirror ? '+' : '-'} ${distance}`;

const entry = fc
  .record({
    kind: fc.constantFrom('buy', 'short'),
    every: fc.integer({ min: 1, max: 6 }),
    first: fc.nat(5),
    units: fc.constantFrom(1, 2, 4),
    adds: fc.nat(2),
    from: fc.constantFrom('close', 'high', 'low'),
    stop: fc.option(fc.constantFrom(-2, 1, 3, 6)),
    target: fc.option(fc.constantFrom(-2, 1, 3, 6)),
    trail: fc.option(fc.constantFrom(1, 4)),
    limit: fc.option(fc.constantFrom(-1, 1, 3)),
    expires: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ kind, every, first, units, adds, from, stop, target, trail, limit, expires }): Written => (isMirror) => {
    const side = kind === 'buy' ? 1 : -1;
    const towardsLoss = side > 0 ? 1 : -1;
    const levels = [
      stop === null ? null : level('stop', towardsLoss, from, stop),
      target === null ? null : level('target', towardsLoss === 1 ? -1 : 1, from, target),
      trail === null ? null : level('trail', towardsLoss, from, trail),
      limit === null ? null : level('limit', towardsLoss, 'close', limit),
    ]
      .map((one) => one?.(isMirror) ?? '')
      .join('');
    return `${mirrored(kind, isMirror)}(when: mod(barIndex, ${every}) == ${first % every}, size: units(${units}), adds: ${adds}${levels}${limit === null ? '' : `, expires: ${expires}`})`;
  });
const exit = fc
  .record({ kind: fc.constantFrom('sell', 'cover'), every: fc.integer({ min: 2, max: 9 }), first: fc.nat(8) })
  .map(
    ({ kind, every, first }): Written =>
      (isMirror) =>
        `${mirrored(kind, isMirror)}(when: mod(barIndex, ${every}) == ${first % every})`,
  );
const strategies = fc.array(fc.oneof({ weight: 2, arbitrary: entry }, exit), { minLength: 1, maxLength: 4 });

const settings: fc.Arbitrary<Partial<Settings>> = fc.record({
  cash: fc.constantFrom(16, 64, 4096),
  leverage: fc.constant(100),
  commissionFixed: fc.constantFrom(0, 0.25),
  fill: fc.constantFrom('open', 'close'),
});

const mirrorOf = (bars: readonly (readonly [number, number, number, number])[]): Bars =>
  barsFrom(
    bars.map(([open, high, low, close]) => [
      2 * MIDDLE - open,
      2 * MIDDLE - low,
      2 * MIDDLE - high,
      2 * MIDDLE - close,
    ]),
  );

/**
 * What rounding leaves of an account in which nothing is left: whether a stop or ruin comes first is as near as that.
 */
const NOTHING = 1e-9;

/** What is told of a run, with prices as distances from the middle towards the gain of its longs. */
const told = ({ trades, rejected, signals, equity }: BacktestResult, isMirror: boolean) => ({
  trades: trades.map(({ side, units, entryBar, exitBar, entryPrice, exitPrice, net, reason, mae, mfe }) => {
    const sign = isMirror ? -1 : 1;
    return {
      isLong: (side === 'long') !== isMirror,
      units,
      entryBar,
      exitBar,
      reason: Math.abs(equity[exitBar] ?? 0) < NOTHING ? 'ruin' : reason,
      net,
      entry: sign * (entryPrice - MIDDLE),
      exit: sign * (exitPrice - MIDDLE),
      worst: mae * entryPrice,
      best: mfe * entryPrice,
    };
  }),
  rejected: rejected.map(({ bar }) => bar),
  signals: signals.map(({ bar, kind }) => [bar, mirrored(kind, isMirror)]),
  equity: [...equity],
});

/** The averages of additions and what is reckoned of them are rounded; all else is exact. */
const about = ({ trades, equity, ...others }: ReturnType<typeof told>) => ({
  ...others,
  equity: equity.map((value) => expect.closeTo(value, 9)),
  trades: trades.map(({ net, entry, exit, worst, best, ...trade }) => ({
    ...trade,
    ...Object.fromEntries(
      Object.entries({ net, entry, exit, worst, best }).map(([name, value]) => [name, expect.closeTo(value, 9)]),
    ),
  })),
});

test(
  'a market upside down, traded the other way round, gives the same trades',
  () => {
    fc.assert(
      fc.property(strategies, rows, settings, (written, bars, how) => {
        const run = tradeBars(written.map((one) => one(false)).join('\n'), barsFrom(bars), how);
        const other = tradeBars(written.map((one) => one(true)).join('\n'), mirrorOf(bars), how);
        // What margin allows goes by the price, which is another one there.
        fc.pre(
          ![...run.rejected, ...other.rejected].some(
            ({ reason }) => reason.includes('can be spent') || reason.includes('no money'),
          ),
        );
        expect(told(other, true)).toEqual(about(told(run, false)));
      }),
      { numRuns: 400 * SCALE },
    );
  },
  60_000 * SCALE,
);
