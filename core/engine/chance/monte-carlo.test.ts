import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stopped } from '#core/result/outcome.ts';
import { monteCarlo, QUANTILES, type MonteCarlo, type MonteCarloRequest } from './monte-carlo.ts';

const DEFAULTS: MonteCarloRequest = {
  nets: [],
  cash: 1000,
  resampling: 'shuffle',
  stakes: 'fixed',
  runs: 400,
  seed: 1,
  ruin: 0.5,
};

function run(request: Partial<MonteCarloRequest>): MonteCarlo {
  const result = monteCarlo({ ...DEFAULTS, ...request });
  if (!result.ok) throw new Error('nobody stopped it');
  return result.value;
}

const MEDIAN = QUANTILES.indexOf(0.5);
const nets = fc.array(fc.integer({ min: -90, max: 120 }), { minLength: 1, maxLength: 40 });
const resampling = fc.constantFrom('shuffle', 'bootstrap');
const stakes = fc.constantFrom('fixed', 'compound');

describe('monte carlo', () => {
  test('another order ends with the same equity', () => {
    fc.assert(
      fc.property(nets, stakes, fc.nat(), (given, how, seed) => {
        const total = given.reduce((sum, net) => sum + net, 1000);
        fc.pre(
          how === 'fixed' ||
            given.every((_, index) => given.slice(0, index + 1).reduce((sum, net) => sum + net, 1000) > 0),
        );
        for (const value of run({ nets: given, stakes: how, seed, runs: 20 }).finalEquity)
          expect(value).toBeCloseTo(total, 6);
      }),
      { numRuns: 100 },
    );
  });

  test('is the same for the same seed, and another for another', () => {
    const given = [10, -20, 30, -5, 8, 2, -40, 100];
    expect(run({ nets: given, resampling: 'bootstrap', seed: 5 })).toEqual(
      run({ nets: given, resampling: 'bootstrap', seed: 5 }),
    );
    expect(run({ nets: given, resampling: 'bootstrap', seed: 5 })).not.toEqual(
      run({ nets: given, resampling: 'bootstrap', seed: 6 }),
    );
  });

  test('bands do not cross; drawdowns are never above 0; shares lie between 0 and 1', () => {
    fc.assert(
      fc.property(nets, resampling, stakes, (given, from, how) => {
        const { trades, equity, drawdown, finalEquity, maxDrawdown, ruined, losing } = run({
          nets: given,
          resampling: from,
          stakes: how,
          runs: 50,
        });
        for (const bands of [
          equity,
          drawdown,
          [...finalEquity.map((value) => [value])],
          [...maxDrawdown.map((value) => [value])],
        ]) {
          bands
            .slice(1)
            .forEach((band, index) =>
              band.forEach((value, point) => expect(value).toBeGreaterThanOrEqual(bands[index]?.[point] ?? NaN)),
            );
        }
        expect(trades[0]).toBe(0);
        expect(trades.at(-1)).toBe(given.length);
        expect(Math.max(...drawdown.flatMap((band) => [...band]))).toBe(0);
        for (const share of [ruined, losing]) expect(share >= 0 && share <= 1).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('of trades that are all alike there is one path', () => {
    const { equity, drawdown } = run({ nets: [100, 110, 121], stakes: 'compound', resampling: 'bootstrap' });
    for (const band of equity) expect([...band].map((value) => Math.round(value))).toEqual([1000, 1100, 1210, 1331]);
    for (const band of drawdown) expect([...band]).toEqual([0, 0, 0, 0]);
  });

  test('who has used equity up trades no more: half of the orders of +9,000 and -5,000 end with the loss', () => {
    // In the order of -5,000 and +9,000 the account stands at -4,000 before the gain.
    const result = run({ nets: [9000, -5000], runs: 4000 });
    expect(result.ruined).toBeCloseTo(0.5, 1);
    expect(result.losing).toBe(result.ruined);
    expect(result.finalEquity[QUANTILES.indexOf(0.05)]).toBe(-4000);
    expect(result.finalEquity[QUANTILES.indexOf(0.95)]).toBe(5000);
  });

  test('a loss of 600 before a gain of 500 ruins half of a thousand; behind it, not', () => {
    // Shuffled, half of the runs lose first. Drawn with replacement, half do too, since the first trade decides.
    for (const how of ['shuffle', 'bootstrap'] as const)
      expect(run({ nets: [500, -600], resampling: how, runs: 4000 }).ruined).toBeCloseTo(0.5, 1);
    expect(run({ nets: [500, -600], runs: 4000 })).toMatchObject({ losing: 1, finalEquity: [900, 900, 900, 900, 900] });
    // Two gains, two losses, or one of each in either order: 2000, -200, 900.
    const drawn = run({ nets: [500, -600], resampling: 'bootstrap', runs: 4000 });
    expect(drawn.losing).toBeCloseTo(0.75, 1);
    expect([drawn.finalEquity[0], drawn.finalEquity[MEDIAN], drawn.finalEquity.at(-1)]).toEqual([-200, 900, 2000]);
    expect(run({ nets: [500, -600], runs: 100, ruin: 0.3 }).ruined).toBe(0);
  });

  test('drawdown is that of the path', () => {
    // Whatever the order: 1000 falls by 100 from its peak, be that 1000 or 1200.
    const { maxDrawdown } = run({ nets: [200, -100], runs: 4000 });
    expect([maxDrawdown[0], maxDrawdown.at(-1)]).toEqual([expect.closeTo(-0.1, 12), expect.closeTo(-1 / 12, 12)]);
  });

  test('without trades there is nothing to lose', () => {
    expect(run({ nets: [] })).toMatchObject({
      trades: [0],
      ruined: 0,
      losing: 0,
      finalEquity: [1000, 1000, 1000, 1000, 1000],
    });
  });

  test('of very many trades the bands have few points, but every trade counts', () => {
    const { trades, maxDrawdown } = run({
      nets: Array.from({ length: 5000 }, (_, index) => (index === 2501 ? -900 : 0)),
      runs: 10,
    });
    expect(trades.length).toBe(200);
    expect(maxDrawdown[MEDIAN]).toBeCloseTo(-0.9, 12);
  });

  test('can be stopped', () => {
    expect(monteCarlo({ ...DEFAULTS, nets: [1] }, { shouldStop: () => true })).toEqual(stopped());
  });
});
