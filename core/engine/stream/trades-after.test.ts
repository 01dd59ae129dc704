import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { DEFAULT_SETTINGS } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { createBarRunner, type BarRunner } from './bar-runner.ts';

const DAY = 86_400_000;
const CODE = `fast = sma(close, 3)
buy(when: close > fast, size: 50%, stop: 4%)
sell(when: close < fast and close < open)
info(when: close > highest(high, 2)[1])`;
/** Bars before the first value of anything in it. */
const LOOKBACK = 2;

function runnerOf(tradesAfter: number | null): BarRunner {
  const plan = compile(parse(CODE).formula);
  if (!plan.ok) throw new Error('it compiles');
  const runner = createBarRunner(plan.value, DEFAULT_SETTINGS, '1d', { tradesAfter });
  if (!runner.ok) throw new Error(runner.error);
  return runner.value;
}

const barsOf = (moves: readonly number[]) => {
  let last = 100;
  return moves.map((move, index) => {
    const open = last;
    const close = (last = open * (1 + move));
    return {
      time: index * DAY,
      open,
      high: Math.max(open, close) * 1.01,
      low: Math.min(open, close) * 0.99,
      close,
      volume: 1,
    };
  });
};
const WALK = fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: 12, maxLength: 60 });
/** Without the count of bars, which begins elsewhere. */
const told = ({ signals, trades, equity, position }: ReturnType<BarRunner['onBar']>) => ({
  signals: signals.map(({ bar: _bar, ...signal }) => signal),
  trades: trades.map(({ entryBar: _entry, exitBar: _exit, ...trade }) => trade),
  equity,
  position,
});

describe('a runner that trades behind a bar', () => {
  it('says nothing up to the bar, and then what a runner says that has seen no more than its indicators need', () => {
    fc.assert(
      fc.property(WALK, fc.nat(), (moves, at) => {
        const bars = barsOf(moves);
        const first = LOOKBACK + 1 + (at % (bars.length - LOOKBACK - 1));
        const begun = runnerOf((first - 1) * DAY);
        const fresh = runnerOf(null);
        for (const [index, bar] of bars.entries()) {
          const outcome = told(begun.onBar(bar));
          if (index < first)
            expect(outcome).toEqual({ signals: [], trades: [], equity: DEFAULT_SETTINGS.cash, position: 0 });
          if (index < first - LOOKBACK) continue;
          const other = told(fresh.onBar(bar));
          if (index >= first) expect(outcome).toEqual(other);
        }
      }),
    );
  });

  it('goes on from a saved state with the same bits, wherever it was saved', () => {
    fc.assert(
      fc.property(WALK, fc.nat(), fc.nat(), (moves, at, cut) => {
        const bars = barsOf(moves);
        const after = (at % bars.length) * DAY;
        const whole = runnerOf(after);
        let saved = runnerOf(after);
        for (const [index, bar] of bars.entries()) {
          if (index === cut % bars.length) {
            const state = JSON.parse(JSON.stringify(saved.save())) as ReturnType<BarRunner['save']>;
            saved = runnerOf(after);
            expect(saved.restore(state)).toBe(true);
          }
          expect(saved.onBar(bar)).toEqual(whole.onBar(bar));
        }
      }),
    );
  });
});
