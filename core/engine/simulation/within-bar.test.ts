import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { still, tradeRows, type Row } from '../testing/trade-rows.ts';

const trades = (...args: Parameters<typeof tradeRows>) => tradeRows(...args).trades;
const reasons = (...args: Parameters<typeof tradeRows>) => tradeRows(...args).rejected.map(({ reason }) => reason);

describe('rule 3: behind a limit that fills within the bar', () => {
  const rows: Row[] = [still(100), [100, 101, 89, 92], still(92)];

  test.each([
    ['a stop above the entry', 'stop: 120', { exitPrice: 90, net: 0, mae: 0, mfe: 0, reason: 'stop' }],
    ['a trailing stop above the entry', 'trail: 95', { exitPrice: 90, net: 0, mae: 0, mfe: 0, reason: 'trail' }],
    ['a target below the entry', 'target: 85', { exitPrice: 90, net: 0, mae: 0, mfe: 0, reason: 'target' }],
  ])('%s is reached at once, at the fill', (_name, level, wanted) => {
    expect(trades(`buy(when: barIndex == 0, limit: 90, ${level})`, rows)).toMatchObject([
      { entryBar: 1, entryPrice: 90, exitBar: 1, ...wanted },
    ]);
  });

  test('of a short too', () => {
    const wanted = { side: 'short', entryPrice: 110, exitBar: 1, exitPrice: 110, net: 0, reason: 'stop' };
    expect(
      trades('short(when: barIndex == 0, limit: 110, stop: 104)', [still(100), [105, 111, 105, 108], still(108)]),
    ).toMatchObject([wanted]);
  });

  test('a stop slips where it is reached at once, a target does not', () => {
    expect(trades('buy(when: barIndex == 0, limit: 90, stop: 120)', rows, { slippage: 0.1 })).toMatchObject([
      { entryPrice: 90, exitPrice: 81 },
    ]);
    expect(trades('buy(when: barIndex == 0, limit: 90, target: 85)', rows, { slippage: 0.1 })).toMatchObject([
      { entryPrice: 90, exitPrice: 90 },
    ]);
  });

  test('a trailing stop and the excursions know nothing of the high before', () => {
    // From the high of 101 the stop would stand at 90.9 and be hit.
    const code = 'buy(when: barIndex == 0, limit: 90, trail: 10%)';
    const held = trades(code, [still(100), [100, 101, 89, 92], [92, 92, 84, 85], [85, 85, 80, 80]]);
    expect(held).toMatchObject([{ exitBar: 3, reason: 'trail' }]);
    expect(held[0]?.exitPrice).toBeCloseTo(92 * 0.9, 12);
    expect(held[0]?.mfe).toBeCloseTo(92 / 90 - 1, 12);
    expect(held[0]?.mae).toBeCloseTo((92 * 0.9) / 90 - 1, 12);
  });

  test('an order that waits is filled before the stop behind it', () => {
    // The price passes 95 on its way to 90.
    const code =
      'buy(when: barIndex == 0, size: units(10), stop: 90)\nbuy(when: barIndex == 1, size: units(10), limit: 95, adds: 1)';
    expect(trades(code, [still(100), still(100), [100, 100, 88, 94], still(94)])).toMatchObject([
      { units: 20, entryPrice: 97.5, exitBar: 2, exitPrice: 90, reason: 'stop' },
    ]);
  });

  test('an order that the open is beyond is filled before what comes later in the bar', () => {
    const code =
      'buy(when: barIndex == 0, size: units(10), target: 110)\nbuy(when: barIndex == 1, size: units(10), limit: 95, adds: 1)';
    expect(trades(code, [still(100), still(100), [94, 112, 93, 100], still(100)])).toMatchObject([
      { units: 20, entryPrice: 97, exitBar: 2, exitPrice: 110, reason: 'target' },
    ]);
  });
});

describe('rule 4: entries whose stop is on the wrong side', () => {
  test('at an open', () => {
    expect(trades('buy(when: barIndex == 0, stop: 120)', [still(100), [100, 105, 95, 102]])).toMatchObject([
      { exitBar: 1, exitPrice: 100, reason: 'stop' },
    ]);
  });

  test('at a close: at once, not at the next open', () => {
    expect(trades('buy(when: barIndex == 0, stop: 120)', [still(100), still(110)], { fill: 'close' })).toMatchObject([
      { entryBar: 0, exitBar: 0, exitPrice: 100, net: 0, reason: 'stop' },
    ]);
  });
});

describe('rule 13: excursions', () => {
  test('of an exit at the open have nothing of that bar', () => {
    const [held] = trades('buy(when: barIndex == 0, stop: 90)', [still(100), [100, 105, 95, 100], [80, 200, 10, 100]]);
    expect(held).toMatchObject({ exitPrice: 80, mae: -0.2 });
    expect(held?.mfe).toBeCloseTo(0.05, 12);
  });

  test('of a stop have the open of its bar, but not the high, which may have come later', () => {
    const [held] = trades('buy(when: barIndex == 0, stop: 90)', [still(100), still(100), [103, 130, 80, 100]]);
    expect(held).toMatchObject({ exitPrice: 90, mae: -0.1 });
    expect(held?.mfe).toBeCloseTo(0.03, 12);
  });

  test('of a target have the low of its bar, which may have come before', () => {
    const [held] = trades('buy(when: barIndex == 0, target: 110)', [still(100), still(100), [100, 130, 80, 100]]);
    expect(held).toMatchObject({ exitPrice: 110, mae: -0.2 });
    expect(held?.mfe).toBeCloseTo(0.1, 12);
  });

  test('of an entry at a close have nothing of its bar before', () => {
    expect(trades('buy(when: barIndex == 0)', [[100, 150, 50, 100], still(100)], { fill: 'close' })).toMatchObject([
      { mae: 0, mfe: 0 },
    ]);
  });

  test('have every fill among the prices seen', () => {
    // The addition slips to 132, above all that was traded.
    const [held] = trades(
      'buy(when: barIndex < 2, size: units(10), adds: 1)',
      [still(100), still(100), still(120), still(110)],
      { slippage: 0.1 },
    );
    expect(held?.entryPrice).toBeCloseTo(121, 12);
    expect(held?.mfe).toBeCloseTo(132 / 121 - 1, 12);
  });
});

describe('rule 4: a percentage is of the entry price, which is the average', () => {
  test('a target and a stop move with an addition', () => {
    const up: Row[] = [still(100), still(100), still(120), [120, 125, 120, 125], [125, 140, 125, 140]];
    expect(trades('buy(when: barIndex < 2, size: units(10), adds: 1, target: 10%)', up)).toMatchObject([
      { units: 20, entryPrice: 110, exitBar: 3, exitPrice: 121, net: 220, reason: 'target' },
    ]);
    const down: Row[] = [still(100), still(100), still(120), [120, 120, 105, 106], [106, 106, 90, 90]];
    expect(trades('buy(when: barIndex < 2, size: units(10), adds: 1, stop: 10%)', down)).toMatchObject([
      { exitBar: 4, exitPrice: 99, reason: 'stop' },
    ]);
  });

  test('is reached by a price of as many per cent, without an error of rounding', () => {
    expect(
      trades('buy(when: barIndex == 0, target: 10%)', [still(100), still(110), [110, 121, 110, 115]]),
    ).toMatchObject([{ exitPrice: 121, reason: 'target' }]);
    expect(
      trades('short(when: barIndex == 0, stop: 10%)', [still(100), still(100), [100, 110, 100, 100]]),
    ).toMatchObject([{ exitPrice: 110, reason: 'stop' }]);
  });

  test('also where the addition does not set them', () => {
    const code =
      'buy(when: barIndex == 0, size: units(10), stop: 10%)\nbuy(when: barIndex == 1, size: units(10), adds: 1)';
    expect(trades(code, [still(100), still(100), still(120), [120, 120, 95, 106]])).toMatchObject([
      { entryPrice: 110, exitPrice: 99, reason: 'stop' },
    ]);
  });
});

describe('rule 10: protection that is not there', () => {
  const flat = Array.from({ length: 8 }, () => still(100));

  test.each(['stop', 'target', 'trail', 'limit'])('an order whose %s is na is rejected', (name) => {
    const result = tradeRows(`buy(when: barIndex == 5, size: units(10), ${name}: close - 2 * atr(14))`, flat);
    expect(result).toMatchObject({
      trades: [],
      signals: [],
      rejected: [{ bar: 5, reason: `Its ${name} is na at this bar.` }],
    });
  });

  test.each([
    ['stop: close - 300', 'Its stop of -200 is no price that there can be.'],
    ['stop: close - 100', 'Its stop of 0 is no price that there can be.'],
    ['stop: 150%', 'Its stop of 150% is no price that there can be.'],
    ['limit: close - 101', 'Its limit of -1 is no price that there can be.'],
    ['trail: 100%', 'Its trail of 100% is no price that there can be.'],
  ])('so is one that no price can reach: %s', (level, reason) => {
    expect(reasons(`buy(when: barIndex == 0, ${level})`, flat)).toEqual([reason]);
  });

  test('an addition whose stop is na leaves the one there was', () => {
    // The position keeps its stop for the whole of what it then is.
    const code = 'buy(when: barIndex < 2, size: units(10), adds: 1, stop: where(barIndex == 0, 90, na))';
    const result = tradeRows(code, [still(100), still(100), still(100), still(80), still(50)]);
    expect(result.trades).toMatchObject([{ units: 20, exitBar: 3, exitPrice: 80, net: -400, reason: 'stop' }]);
    expect(result.rejected).toEqual([]);
  });

  test('an addition whose stop is na is rejected where there is none to keep', () => {
    const code =
      'buy(when: barIndex == 0, size: units(10))\nbuy(when: barIndex == 1, size: units(10), adds: 1, stop: where(barIndex == 0, 90, na))';
    const result = tradeRows(code, [still(100), still(100), still(100), still(80), still(50)]);
    expect(result.trades).toMatchObject([{ units: 10, exitBar: 4, reason: 'end' }]);
    expect(result.rejected).toMatchObject([{ bar: 1, reason: 'Its stop is na at this bar.' }]);
  });

  test('a reversal whose stop is na leaves the position alone', () => {
    const result = tradeRows('buy(when: barIndex == 0)\nshort(when: barIndex == 1, stop: close + atr(14))', [
      still(100),
      still(100),
      still(110),
    ]);
    expect(result.trades).toMatchObject([{ side: 'long', exitBar: 2, reason: 'end' }]);
  });

  test('a trailing series that is na, or no price, later on leaves the stop where it is', () => {
    const code =
      'buy(when: barIndex == 0, trail: where(barIndex < 1, close - 10, where(barIndex == 1, na, close - 500)))\nshort(when: false, trail: close)';
    expect(trades(code, [still(100), still(100), still(100), [100, 100, 89, 95]])).toMatchObject([
      { exitBar: 3, exitPrice: 90, reason: 'trail' },
    ]);
  });

  test('nor does a short leave by a trailing series that falls below every price', () => {
    const code = 'short(when: barIndex == 0, trail: where(barIndex < 1, close + 10, 0))';
    expect(trades(code, [still(100), still(100), still(100), [100, 111, 100, 100]])).toMatchObject([
      { exitBar: 3, exitPrice: 110, reason: 'trail' },
    ]);
  });
});

describe('rule 11: ruin within a bar', () => {
  const code = 'buy(when: barIndex == 0, size: 500%)';
  const last = ['Equity is used up: the run ends here.'];

  test('ends the run at the price where nothing is left', () => {
    const rows: Row[] = [still(100), still(100), [100, 101, 60, 100], [100, 120, 100, 120]];
    const result = tradeRows(`${code}\nbuy(when: barIndex == 2)`, rows, { leverage: 5 });
    expect(result.trades).toMatchObject([{ units: 500, exitBar: 2, exitPrice: 80, net: -10_000, reason: 'ruin' }]);
    expect(result.trades[0]?.mae).toBeCloseTo(-0.2, 12);
    expect(Array.from(result.equity)).toEqual([10_000, 10_000, 0, 0]);
    expect(result.rejected).toMatchObject([{ bar: 2, reason: last[0] }]);
    expect(result.signals).toHaveLength(1);
  });

  test('or at the open behind a gap', () => {
    const result = tradeRows(code, [still(100), still(100), [70, 75, 60, 75], still(100)], { leverage: 5 });
    expect(result.trades).toMatchObject([{ exitPrice: 70, net: -15_000, reason: 'ruin' }]);
    expect(Array.from(result.equity)).toEqual([10_000, 10_000, -5000, -5000]);
  });

  test('of a short', () => {
    const result = tradeRows('short(when: barIndex == 0)', [
      still(100),
      still(100),
      [100, 250, 100, 110],
      [110, 110, 50, 50],
    ]);
    expect(result.trades).toMatchObject([{ units: 100, exitBar: 2, exitPrice: 200, net: -10_000, reason: 'ruin' }]);
    expect(reasons('short(when: barIndex == 0)', [still(100), still(100), [100, 250, 100, 110], still(50)])).toEqual(
      last,
    );
  });

  test('a stop before it saves the account', () => {
    const result = tradeRows(
      'buy(when: barIndex == 0, size: 500%, stop: 10%)',
      [still(100), still(100), [100, 101, 60, 100], still(100)],
      { leverage: 5 },
    );
    expect(result.trades).toMatchObject([{ exitPrice: 90, net: -5000, reason: 'stop' }]);
    expect(result.rejected).toEqual([]);
  });

  test('a stop behind it does not', () => {
    const result = tradeRows(
      'buy(when: barIndex == 0, size: 500%, stop: 30%)',
      [still(100), still(100), [100, 101, 60, 100]],
      { leverage: 5 },
    );
    expect(result.trades).toMatchObject([{ exitPrice: 80, reason: 'ruin' }]);
  });

  test('a stop that the open has jumped over, and that leaves nothing, ends the run and says so', () => {
    const result = tradeRows(
      'buy(when: barIndex == 0, size: 500%, stop: 10%)\nbuy(when: barIndex == 1, size: 10%, limit: 60)',
      [still(100), still(100), [70, 75, 50, 75], still(100)],
      { leverage: 5 },
    );
    expect(result.trades).toMatchObject([{ exitPrice: 70, reason: 'stop' }]);
    expect(result.rejected.map(({ reason }) => reason)).toEqual(last);
  });

  test('who leaves where nothing is left has nothing, and owes nothing', () => {
    const cents = (least: number, most: number) =>
      fc.integer({ min: 100 * least, max: 100 * most }).map((value) => value / 100);
    fc.assert(
      fc.property(
        cents(1, 500),
        cents(100, 90_000),
        fc.integer({ min: 2, max: 9 }),
        fc.boolean(),
        (price, cash, leverage, isLong) => {
          const code = `${isLong ? 'buy' : 'short'}(when: barIndex < 2, size: 100% * ${leverage} * 0.4, adds: 1)`;
          const other = isLong ? price * 0.99 : price * 1.01;
          const { trades, equity } = tradeRows(
            code,
            [still(price), still(price), [other, Math.max(price * 3, other), price * 0.3, other], still(price)],
            { cash, leverage },
          );
          fc.pre(trades[0]?.reason === 'ruin');
          expect([...equity.slice(2), trades[0]?.net]).toEqual([0, 0, -cash]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('what is paid for in full is never ruined', () => {
    expect(trades('buy(when: barIndex == 0)', [still(100), still(100), [100, 100, 0.01, 50], still(60)])).toMatchObject(
      [{ exitBar: 3, reason: 'end' }],
    );
  });
});
