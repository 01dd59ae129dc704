import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { backtest } from '../backtest.ts';
import { DEFAULT_SETTINGS } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { barsFrom } from '../testing/bars.ts';
import { still, tradeRows as trade, type Row } from '../testing/trade-rows.ts';

const trades = (...args: Parameters<typeof trade>) => trade(...args).trades;
const reasons = (...args: Parameters<typeof trade>) => trade(...args).rejected.map(({ reason }) => reason);

describe('rule 1: when orders fill', () => {
  const code = 'buy(when: barIndex == 1)\nsell(when: barIndex == 3)';
  const rows: Row[] = [still(10), [10, 12, 10, 11], [12, 13, 12, 13], [14, 15, 14, 15], [16, 16, 16, 16]];

  test('fill "open": at the open of the bar behind the one that decided', () => {
    expect(trades(code, rows)).toMatchObject([
      { entryBar: 2, entryPrice: 12, exitBar: 4, exitPrice: 16, barsHeld: 2, reason: 'signal' },
    ]);
  });

  test('fill "close": at the close that decided', () => {
    expect(trades(code, rows, { fill: 'close' })).toMatchObject([
      { entryBar: 1, entryPrice: 11, exitBar: 3, exitPrice: 15 },
    ]);
  });

  test('what is decided at the last close fills never, with fill "open"', () => {
    const result = trade('buy(when: barIndex == 1)', [still(10), still(10)]);
    expect(result.trades).toEqual([]);
    expect(result.signals).toMatchObject([{ bar: 1, kind: 'buy', price: 10 }]);
  });

  test('the nodes that opened and closed are named', () => {
    const { formula } = parse(code);
    const [buy, sell] = Object.keys(formula.nodes).filter((id) =>
      ['buy', 'sell'].includes(formula.nodes[id]?.block ?? ''),
    );
    const plan = compile(formula);
    const result = plan.ok ? backtest(plan.value, barsFrom(rows), DEFAULT_SETTINGS) : plan;
    expect(result.ok ? result.value.trades : []).toMatchObject([{ entryNode: buy, exitNode: sell }]);
  });
});

describe('rules 2, 3 and 4: stops and targets', () => {
  const entry = 'buy(when: barIndex == 0, stop: 10%, target: 20%)';

  test('a stop is taken at its price', () => {
    expect(trades(entry, [still(100), still(100), [100, 105, 89, 95]])).toMatchObject([
      { exitBar: 2, exitPrice: 90, reason: 'stop' },
    ]);
  });

  test('a stop that the open has jumped over is taken at the open', () => {
    expect(trades(entry, [still(100), still(100), [80, 85, 79, 82]])).toMatchObject([
      { exitPrice: 80, reason: 'stop' },
    ]);
  });

  test('a target is taken at its price', () => {
    expect(trades(entry, [still(100), still(100), [100, 125, 99, 110]])).toMatchObject([
      { exitPrice: 120, reason: 'target' },
    ]);
  });

  test('a bar that touches both takes the stop', () => {
    expect(trades(entry, [still(100), still(100), [100, 125, 85, 110]])).toMatchObject([
      { exitPrice: 90, reason: 'stop' },
    ]);
  });

  test('unless its open is already beyond the target', () => {
    expect(trades(entry, [still(100), still(100), [123, 125, 85, 110]])).toMatchObject([
      { exitPrice: 123, reason: 'target' },
    ]);
  });

  test('they are in force on the bar of entry', () => {
    expect(trades(entry, [still(100), [100, 101, 88, 95]])).toMatchObject([
      { entryBar: 1, exitBar: 1, exitPrice: 90, barsHeld: 0 },
    ]);
    expect(trades(entry, [still(100), [100, 121, 99, 110]])).toMatchObject([
      { entryBar: 1, exitBar: 1, exitPrice: 120 },
    ]);
  });

  test('with fill "close", from the next bar on', () => {
    expect(
      trades(
        entry,
        [
          [100, 100, 50, 100],
          [100, 100, 90, 95],
        ],
        { fill: 'close' },
      ),
    ).toMatchObject([{ entryBar: 0, exitBar: 1, exitPrice: 90 }]);
  });

  test('percentages are of the entry price, prices are those of the close that decided', () => {
    expect(trades('buy(when: barIndex == 0, stop: 10%)', [still(100), still(200), still(179)])).toMatchObject([
      { entryPrice: 200, exitPrice: 179, reason: 'stop' },
    ]);
    expect(
      trades('buy(when: barIndex == 0, stop: close - 10)', [still(100), still(200), [120, 120, 80, 100]]),
    ).toMatchObject([{ exitPrice: 90, reason: 'stop' }]);
  });

  test('of a short they lie the other way round', () => {
    const short = 'short(when: barIndex == 0, stop: 10%, target: 20%)';
    expect(trades(short, [still(100), still(100), [100, 111, 95, 100]])[0]).toMatchObject({
      side: 'short',
      reason: 'stop',
    });
    expect(trades(short, [still(100), still(100), [100, 111, 95, 100]])[0]?.exitPrice).toBeCloseTo(110, 9);
    expect(trades(short, [still(100), still(100), [100, 105, 79, 100]])).toMatchObject([
      { exitPrice: 80, reason: 'target', gross: 2000 },
    ]);
    expect(trades(short, [still(100), still(100), [115, 120, 110, 112]])).toMatchObject([
      { exitPrice: 115, reason: 'stop' },
    ]);
  });

  test('a market order at the open goes before the stop', () => {
    expect(trades(`${entry}\nsell(when: barIndex == 1)`, [still(100), still(100), [95, 96, 80, 85]])).toMatchObject([
      { exitPrice: 95, reason: 'signal' },
    ]);
  });
});

describe('rule 5: trailing stops', () => {
  test('move after a bar has closed, never within it', () => {
    const code = 'buy(when: barIndex == 0, trail: 10%)';
    // The low of the bar that makes the new high is below what the stop becomes at its close.
    expect(trades(code, [still(100), [100, 100, 95, 100], [100, 200, 95, 190], [190, 190, 170, 175]])).toMatchObject([
      { exitBar: 3, exitPrice: 180, reason: 'trail' },
    ]);
  });

  test('never loosen', () => {
    const code = 'buy(when: barIndex == 0, trail: low - 10)';
    expect(trades(code, [still(100), [100, 110, 100, 105], [105, 106, 95, 100], [100, 100, 88, 95]])).toMatchObject([
      { exitBar: 3, exitPrice: 90, reason: 'trail' },
    ]);
  });

  test('nor when a position is added to', () => {
    const code = 'buy(when: barIndex < 3, size: units(10), trail: 10%, adds: 1)';
    expect(trades(code, [still(100), [100, 200, 100, 190], [185, 190, 175, 180]])).toMatchObject([
      { units: 20, exitBar: 2, exitPrice: 180, reason: 'trail' },
    ]);
  });

  test('the nearer of stop and trail holds', () => {
    expect(
      trades('buy(when: barIndex == 0, stop: 5%, trail: 10%)', [still(100), still(100), [100, 100, 80, 90]]),
    ).toMatchObject([{ exitPrice: 95, reason: 'stop' }]);
  });
});

describe('rules 2, 3 and 7: limits', () => {
  const code = 'buy(when: barIndex == 0, limit: 5%, expires: 2)';

  test('wait until their price is reached, and fill there', () => {
    expect(trades(code, [still(100), [100, 101, 96, 97], [97, 98, 94, 97]])).toMatchObject([
      { entryBar: 2, entryPrice: 95 },
    ]);
  });

  test('fill at the open where that is better', () => {
    expect(trades(code, [still(100), [93, 96, 92, 95]])).toMatchObject([{ entryPrice: 93 }]);
  });

  test('are withdrawn after so many bars, and that is told', () => {
    const result = trade(code, [still(100), still(100), still(100), still(90)]);
    expect(result.trades).toEqual([]);
    expect(result.rejected).toMatchObject([{ bar: 2, reason: 'Its limit of 95 was not reached within 2 bars.' }]);
  });

  test('do not slip', () => {
    expect(
      trades(`${code}\nsell(when: barIndex == 1)`, [still(100), [100, 100, 95, 95], still(100)], { slippage: 0.01 }),
    ).toMatchObject([{ entryPrice: 95, exitPrice: 99 }]);
  });

  test('a stop is in force behind a fill within the bar, a target only at its close', () => {
    expect(trades('buy(when: barIndex == 0, limit: 95, stop: 90)', [still(100), [100, 100, 88, 92]])).toMatchObject([
      { entryPrice: 95, exitBar: 1, exitPrice: 90 },
    ]);
    const target = 'buy(when: barIndex == 0, limit: 95, target: 98)';
    // The high may have been before the fill.
    expect(trades(target, [still(100), [100, 100, 94, 97], still(97)])).toMatchObject([{ exitBar: 2, reason: 'end' }]);
    expect(trades(target, [still(100), [100, 100, 94, 99], still(97)])).toMatchObject([
      { exitBar: 1, exitPrice: 98, reason: 'target' },
    ]);
  });

  test('the stop of an addition is in force behind its fill, for the whole position', () => {
    const code =
      'buy(when: barIndex == 0, size: units(10))\nbuy(when: barIndex == 1, size: units(10), limit: 95, stop: 93, adds: 1)';
    expect(trades(code, [still(100), still(100), [100, 100, 92, 94]])).toMatchObject([
      { units: 20, entryPrice: 97.5, exitBar: 2, exitPrice: 93, reason: 'stop' },
    ]);
  });

  test('fill behind the targets of the bar', () => {
    const rows: Row[] = [still(100), still(100), [100, 112, 94, 100], still(100)];
    // The target is taken first; what the limit buys then is a position of its own.
    const both = trades(
      'buy(when: barIndex == 0, size: units(10), target: 110)\nbuy(when: barIndex == 1, size: units(5), limit: 95, adds: 1)',
      rows,
    );
    expect(both).toMatchObject([
      { units: 10, exitBar: 2, exitPrice: 110, reason: 'target' },
      { units: 5, entryBar: 2, entryPrice: 95 },
    ]);
  });

  test('are replaced by a newer one of the same action', () => {
    // Each close sets the limit anew, 5 below; the first two are never reached any more.
    const result = trade('buy(when: barIndex < 3, limit: close - 5)', [
      still(100),
      still(110),
      still(120),
      [116, 116, 114, 116],
    ]);
    expect(result.trades).toMatchObject([{ entryPrice: 115 }]);
    expect(result.rejected).toEqual([]);
  });

  test('are refused where they are na', () => {
    expect(reasons('buy(when: barIndex == 0, limit: sma(close, 2))', [still(100), still(100)])).toEqual([
      'Its limit is na at this bar.',
    ]);
  });

  test('are withdrawn by an exit', () => {
    expect(
      trades(`buy(when: barIndex == 0, limit: 95)\nsell(when: barIndex == 1)`, [still(100), still(100), still(90)]),
    ).toEqual([]);
  });
});

describe('rules 6 and 7: one net position', () => {
  test('an entry against it closes it first, at the same price', () => {
    const result = trades('buy(when: barIndex == 0)\nshort(when: barIndex == 1)', [
      still(100),
      still(100),
      still(110),
      still(99),
    ]);
    expect(result).toMatchObject([
      { side: 'long', exitPrice: 110, reason: 'reversed' },
      { side: 'short', entryPrice: 110, entryBar: 2, units: 100, reason: 'end' },
    ]);
  });

  test('an entry in the same direction is ignored', () => {
    const result = trade('buy(when: barIndex < 2, size: 10%)', [still(100), still(100), still(100)]);
    expect(result.trades).toMatchObject([{ units: 10 }]);
    expect(result.rejected).toEqual([]);
  });

  test('until adds allows it: the entry price is then the average', () => {
    const result = trades('buy(when: barIndex < 4, size: units(10), adds: 1)', [
      still(100),
      still(100),
      still(120),
      still(130),
      still(130),
    ]);
    expect(result).toMatchObject([{ units: 20, entryPrice: 110, entryBar: 1, gross: 400 }]);
  });

  test('what an addition does not set stays as it was', () => {
    const code =
      'buy(when: barIndex == 0, size: units(10), stop: 90, target: 130)\nbuy(when: barIndex == 1, size: units(10), stop: 95, adds: 1)';
    expect(trades(code, [still(100), still(100), still(100), [100, 131, 100, 120]])).toMatchObject([
      { units: 20, exitPrice: 130, reason: 'target' },
    ]);
    expect(trades(code, [still(100), still(100), still(100), [100, 100, 94, 96]])).toMatchObject([
      { units: 20, exitPrice: 95, reason: 'stop' },
    ]);
  });

  test.each([
    ['exit first', 'sell(when: barIndex == 2)\nbuy(when: barIndex == 0 or barIndex == 2)'],
    ['entry first', 'buy(when: barIndex == 0 or barIndex == 2)\nsell(when: barIndex == 2)'],
  ])('of an exit and an entry that are both due the exit goes first (%s)', (_name, code) => {
    expect(trades(code, [still(100), still(100), still(100), still(110), still(121)])).toMatchObject([
      { entryBar: 1, exitBar: 3, exitPrice: 110 },
      { entryBar: 3, entryPrice: 110, exitPrice: 121 },
    ]);
  });
});

describe('rule 11: the end', () => {
  test('what is open is closed at the last close, or left open', () => {
    const [code, rows] = ['buy(when: barIndex == 0)', [still(100), still(100), still(120)]] as const;
    expect(trades(code, rows)).toMatchObject([{ exitBar: 2, exitPrice: 120, reason: 'end' }]);
    const left = trade(code, rows, { closeAtEnd: false });
    expect(left.trades).toEqual([]);
    expect(Array.from(left.equity)).toEqual([10_000, 10_000, 12_000]);
  });

  test('equity at zero ends the run and says so', () => {
    const result = trade('short(when: mod(barIndex, 2) == 0)', [
      still(100),
      still(100),
      still(250),
      still(100),
      still(50),
    ]);
    expect(result.trades).toMatchObject([{ side: 'short', exitBar: 2, exitPrice: 250, reason: 'ruin' }]);
    expect(result.rejected.map(({ bar, reason }) => [bar, reason])).toEqual([
      [2, 'Equity is used up: the run ends here.'],
    ]);
    expect(Array.from(result.equity)).toEqual([10_000, 10_000, -5000, -5000, -5000]);
    expect(result.signals.map(({ bar }) => bar)).toEqual([0]);
  });

  test('excursions are measured from the entry price', () => {
    const [held] = trades('buy(when: barIndex == 0)', [still(100), [100, 110, 95, 105], [105, 130, 90, 120]]);
    expect(held?.mae).toBeCloseTo(-0.1, 12);
    expect(held?.mfe).toBeCloseTo(0.3, 12);
  });
});
