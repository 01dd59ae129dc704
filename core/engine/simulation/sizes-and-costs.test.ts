import { describe, expect, test } from 'vitest';
import { still, tradeRows as trade } from '../testing/trade-rows.ts';

const trades = (...args: Parameters<typeof trade>) => trade(...args).trades;
const reasons = (...args: Parameters<typeof trade>) => trade(...args).rejected.map(({ reason }) => reason);

describe('rules 8 and 10: sizes', () => {
  const rows = [still(100), still(100), still(100)];

  test('a fraction leaves the money for the commission', () => {
    const [whole] = trades('buy(when: barIndex == 0)', rows, { commission: 0.01, lot: 1 });
    expect(whole?.units).toBe(Math.floor(10_000 / (100 * 1.01)));
    const [half] = trades('buy(when: barIndex == 0, size: 50%)', rows, { commission: 0.01 });
    expect(half?.units).toBeCloseTo((0.5 * 10_000) / (100 * 1.01), 9);
  });

  test('a fraction is of equity, and leverage the limit of all that is held', () => {
    const quarters = 'buy(when: barIndex < 4, size: 25%, adds: 3)';
    expect(trades(quarters, [still(100), ...Array.from({ length: 5 }, () => still(100))])).toMatchObject([
      { units: 100, entryPrice: 100 },
    ]);
    expect(trades('buy(when: barIndex == 0, size: 50%)', rows, { leverage: 3 })).toMatchObject([{ units: 50 }]);
    expect(trades('buy(when: barIndex == 0, size: 300%)', rows, { leverage: 3 })).toMatchObject([{ units: 300 }]);
    expect(trades('buy(when: barIndex == 0, size: 300%)', rows, { leverage: 2 })).toMatchObject([{ units: 200 }]);
    // 60 and 60 per cent of equity: of the second only what margin still allows.
    expect(trades('buy(when: barIndex < 2, size: 60%, adds: 1)', [...rows, still(100)])).toMatchObject([
      { units: 100 },
    ]);
  });

  test('free(…) is a fraction of what margin still allows', () => {
    expect(
      trades(
        'buy(when: barIndex < 4, size: free(25%), adds: 3)',
        Array.from({ length: 6 }, () => still(100)),
      )[0]?.units,
    ).toBeCloseTo(100 * (1 - 0.75 ** 4), 9);
    expect(trades('buy(when: barIndex == 0, size: free(50%))', rows, { leverage: 3 })).toMatchObject([{ units: 150 }]);
    expect(trades('buy(when: barIndex == 0, size: free(100%))', rows, { commission: 0.25 })).toMatchObject([
      { units: 80 },
    ]);
  });

  test('units, cash and risk', () => {
    expect(trades('buy(when: barIndex == 0, size: units(7))', rows)).toMatchObject([{ units: 7 }]);
    expect(trades('buy(when: barIndex == 0, size: cash(2500))', rows, { lot: 1 })).toMatchObject([{ units: 25 }]);
    expect(trades('buy(when: barIndex == 0, size: risk(1%), stop: 5%)', rows, { lot: 1 })).toMatchObject([
      { units: 20 },
    ]);
  });

  test('are fixed at the fill price', () => {
    expect(trades('buy(when: barIndex == 0)', [still(100), still(200), still(200)])).toMatchObject([{ units: 50 }]);
  });

  test('round down to whole lots', () => {
    expect(trades('buy(when: barIndex == 0, size: cash(999))', rows, { lot: 2 })).toMatchObject([{ units: 8 }]);
    expect(trades('buy(when: barIndex == 0, size: units(0.3))', rows, { lot: 0.1 })[0]?.units).toBeCloseTo(0.3, 12);
  });

  test('orders that cannot be are refused with the reason', () => {
    expect(reasons('buy(when: barIndex == 0, size: units(101))', rows)).toEqual([
      'It costs 10,100, and 10,000 can be spent.',
    ]);
    expect(reasons('buy(when: barIndex == 0, size: cash(50))', rows, { lot: 1 })).toEqual([
      '0.5 units round to no lot of 1.',
    ]);
    expect(reasons('buy(when: barIndex == 0, size: risk(1%))', rows)[0]).toContain('needs a stop');
    expect(reasons('short(when: barIndex == 0)', rows, { short: false })).toEqual([
      'Shorting is switched off in the settings.',
    ]);
    expect(reasons('buy(when: barIndex == 0, size: units(close - 100))', rows)[0]).toContain('must be above 0');
    expect(reasons('buy(when: barIndex == 0, size: units(sma(close, 3)))', rows)).toEqual([
      'Its size is na at this bar.',
    ]);
    expect(reasons('buy(when: barIndex == 0, size: risk(1%), stop: 100)', rows)[0]).toContain('at the entry price');
    expect(reasons('buy(when: barIndex == 0, size: cash(5))', rows, { commissionFixed: 5 })).toEqual([
      'The commission would take all of its money.',
    ]);
    // All of it is spent already.
    expect(reasons('buy(when: barIndex < 2, adds: 1)', rows)).toEqual(['There is no money left for it.']);
  });

  test('what a refusal says has the digits that were written', () => {
    expect(reasons('buy(when: barIndex == 0, stop: 110%)', rows)).toEqual([
      'Its stop of 110% is no price that there can be.',
    ]);
    expect(reasons('buy(when: barIndex == 0, size: units(0.1 - 0.4 * close / close))', rows)).toEqual([
      'Its size is -0.3: it must be above 0.',
    ]);
  });

  test('an order may be small beside the account', () => {
    const coin = [still(7e-6), still(7e-6), still(8e-6)];
    expect(trades('buy(when: barIndex == 0, size: units(1))', coin)).toMatchObject([{ units: 1, entryPrice: 7e-6 }]);
    expect(trades('buy(when: barIndex == 0, size: cash(5))', rows, { cash: 1e10 })).toMatchObject([{ units: 0.05 }]);
    expect(trades('buy(when: barIndex == 0, size: 0.00000001%)', rows, { cash: 1e10 })).toMatchObject([
      { units: 0.01 },
    ]);
    // And so may be what the account still has: 5 of 10,000,000,005.
    const rest = trades(
      'buy(when: barIndex == 0, size: units(100000000))\nbuy(when: barIndex == 1, adds: 1)',
      [...rows, still(100)],
      {
        cash: 1e10 + 5,
      },
    );
    expect(rest).toMatchObject([{ units: 100_000_000.05 }]);
  });

  test('what costs a little more than can be spent is refused', () => {
    expect(reasons('buy(when: barIndex == 0, size: units(100.000001))', rows)).toHaveLength(1);
    expect(reasons('buy(when: barIndex == 0, size: units(100.0000000001))', rows)).toHaveLength(1);
    expect(reasons('buy(when: barIndex == 0, size: units(100))', rows)).toEqual([]);
  });

  test('leverage lets more be bought, and no more than that', () => {
    expect(trades('buy(when: barIndex == 0, size: units(200))', rows, { leverage: 2 })).toMatchObject([{ units: 200 }]);
    expect(reasons('buy(when: barIndex == 0, size: units(201))', rows, { leverage: 2 })).toHaveLength(1);
  });
});

describe('rule 9: costs', () => {
  const code = 'buy(when: barIndex == 0, size: units(10), stop: 5%)\nsell(when: barIndex == 2)';

  test('commission is a fraction, a fixed amount and a minimum, on each fill', () => {
    const rows = [still(100), still(100), still(100), still(110)];
    expect(trades(code, rows, { commission: 0.01, commissionFixed: 1 })).toMatchObject([
      { commission: 11 + 12, gross: 100, net: 77 },
    ]);
    expect(trades(code, rows, { commission: 0.001, commissionMinimum: 5 })).toMatchObject([{ commission: 10 }]);
  });

  test('slippage is against you on market orders and stops', () => {
    const [sold] = trades(code, [still(100), still(100), still(100), still(110)], { slippage: 0.01 });
    expect(sold).toMatchObject({ entryPrice: 101, exitPrice: 110 * 0.99 });
    const [stopped] = trades(code, [still(100), still(100), [100, 100, 90, 90]], { slippage: 0.01 });
    expect(stopped).toMatchObject({ reason: 'stop', exitPrice: 94.9905 });
  });

  test('and not on targets', () => {
    expect(
      trades('buy(when: barIndex == 0, target: 110)', [still(100), still(100), [100, 111, 100, 100]], {
        slippage: 0.01,
      }),
    ).toMatchObject([{ exitPrice: 110 }]);
  });
});
