import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import type { Bars } from '#core/market/bars.ts';
import { afterFill, atClose, openHoldings, type Holdings } from '#core/trading/holdings.ts';
import { Lots } from '#core/trading/lots.ts';
import { compile } from '../plan/compile.ts';
import type { Plan } from '../plan/plan.ts';
import { arbitrarySettings } from '../testing/arbitrary-settings.ts';
import { arbitraryBars } from '../testing/bars.ts';
import { fillIntents, watchIntents } from '../testing/watch-intents.ts';

const BARS = 90;

const settings = arbitrarySettings([0, 1, 0.1, 0.25]);

const argument = (name: string, values: readonly string[]): fc.Arbitrary<string> =>
  fc.option(fc.constantFrom(...values), { nil: null }).map((value) => (value === null ? '' : `, ${name}: ${value}`));

const entry = fc
  .record({
    kind: fc.constantFrom('buy', 'short'),
    every: fc.integer({ min: 1, max: 9 }),
    size: fc.constantFrom('20%', '100%', '300%', 'free(40%)', 'units(7)', 'cash(900)', 'risk(2%)'),
    stop: argument('stop', ['2%', '8%', 'where(close > open, 3%, 2%)']),
    target: argument('target', ['3%', '9%', 'close * 1.02']),
    trail: argument('trail', ['3%', 'lowest(low, 4)', 'where(mod(barIndex, 3) == 0, na, close - 2)']),
    limit: argument('limit', ['1%', 'close - 1', 'close + 1']),
    expires: fc.constantFrom('', ', expires: 3'),
    adds: fc.nat(2),
  })
  .map(
    ({ kind, every, size, stop, target, trail, limit, expires, adds }) =>
      `${kind}(when: mod(barIndex, ${every}) == 0, size: ${size}${stop}${target}${trail}${limit}${limit === '' ? '' : expires}, adds: ${adds})`,
  );

const exit = fc
  .record({ kind: fc.constantFrom('sell', 'cover'), every: fc.integer({ min: 2, max: 12 }) })
  .map(({ kind, every }) => `${kind}(when: mod(barIndex, ${every}) == 1)`);

const written = fc
  .array(fc.oneof(entry, exit, fc.constantFrom('info(when: position.pnl > 1%)', 'sell(when: position.bars > 5)')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((lines) => parse(lines.join('\n')).formula);

const formula = fc.oneof(
  { weight: 1, arbitrary: arbitraryFormula({ maxStatements: 8 }) },
  { weight: 3, arbitrary: written },
);
const bars = fc.oneof(arbitraryBars(BARS), arbitraryBars(BARS, true));

function planOf(source: Parameters<typeof compile>[0]): Plan {
  const plan = compile(source);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

const holdingsOf = ({
  units,
  entryPrice,
  entryCost,
  entryBar,
  entryTime,
  entryAction,
  entryCommission,
  adds,
  cash,
  flatCash,
  commission,
  turnover,
  ruined,
  equity,
}: Readonly<Holdings>): unknown => ({
  units,
  entryPrice,
  entryCost,
  entryBar,
  entryTime,
  entryAction,
  entryCommission,
  adds,
  cash,
  flatCash,
  commission,
  turnover,
  ruined,
  equity,
});

test('position and account are a fold of the fills, at every bar, to the bit', () => {
  fc.assert(
    fc.property(formula, bars, settings, (source, market, chosen) => {
      const { log, simulation, equity } = watchIntents(planOf(source), market, chosen);
      const lots = chosen.lot > 0 ? new Lots(chosen.lot) : null;
      let held: Readonly<Holdings> = openHoldings(chosen.cash);
      for (let bar = 0; bar < BARS; bar += 1) {
        for (const fill of log.fills.filter((one) => one.bar === bar)) held = afterFill(held, fill, lots);
        held = atClose(held, market.close[bar] ?? NaN);
        expect(held.equity).toBe(equity[bar]);
      }
      expect(holdingsOf(held)).toEqual(holdingsOf(simulation.simulator.state));
      // A position that ends at a close was held there, which fills do not tell.
      if (!log.fills.some(({ reason }) => reason === 'ruin' || reason === 'end'))
        expect(held).toMatchObject({
          barsHeld: simulation.simulator.state.barsHeld,
          peak: simulation.simulator.state.peak,
        });
    }),
    { numRuns: 300 * SCALE },
  );
});

test('every fill belongs to an order that was accepted, and that has not ended; every order is in one state', () => {
  fc.assert(
    fc.property(formula, bars, settings, (source, market, chosen) => {
      // The log throws when a broker tells what can't happen to an order.
      const { log, simulation } = watchIntents(planOf(source), market, chosen);
      const { orders, resting } = simulation.simulator.state;
      const working = log.lives.filter(({ state }) => state === 'working' || state === 'partly filled').length;
      const hasBracket = log.events.findLast(({ action }) => action === -1)?.event.type === 'accepted';
      expect(working).toBe(orders.length + resting.length + (hasBracket ? 1 : 0));
      const accepted = new Set(log.events.filter(({ event }) => event.type === 'accepted').map(({ order }) => order));
      for (const { order, fill } of log.events) if (fill) expect(accepted.has(order)).toBe(true);
    }),
    { numRuns: 300 * SCALE },
  );
});

test('a broker that gets the intents alone, bar by bar, makes the fills of the run in stretches', () => {
  fc.assert(
    fc.property(formula, bars, settings, (source, market, chosen) => {
      const plan = planOf(source);
      const { intents, log } = watchIntents(plan, market, chosen);
      expect(fillIntents(plan, market, chosen, intents).fills).toEqual(log.fills);
    }),
    { numRuns: 300 * SCALE },
  );
});

/** The first bars, and others behind them. */
function withOtherFuture(given: Bars, from: number): Bars {
  const shift = (column: Float64Array) => column.map((value, bar) => (bar >= from ? value * 1.7 : value));
  return {
    ...given,
    open: shift(given.open),
    high: shift(given.high),
    low: shift(given.low),
    close: shift(given.close),
  };
}

test('what is decided at a close does not depend on what fills later', () => {
  fc.assert(
    fc.property(formula, bars, settings, fc.integer({ min: 1, max: BARS - 1 }), (source, market, chosen, from) => {
      const plan = planOf(source);
      const decided = (of: Bars) => watchIntents(plan, of, chosen).intents.filter(({ bar }) => bar < from);
      expect(decided(withOtherFuture(market, from))).toEqual(decided(market));
    }),
    { numRuns: 200 * SCALE },
  );
});
