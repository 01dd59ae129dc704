import { expect, test } from 'vitest';
import { backtest } from '#core/engine/backtest.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { barsFrom } from '#core/engine/testing/bars.ts';
import { parse } from '#core/formula/language/parse.ts';
import { keepResult } from './keep-result.ts';

test('a result is kept as text, and refused when it is too large, with what is in it and what to do', () => {
  const plan = compile(parse('buy(when: close > 100)\nsell(when: close <= 102)').formula);
  const run = plan.ok
    ? backtest(
        plan.value,
        barsFrom(
          Array.from(
            { length: 70 },
            (_, bar) => [100 + (bar % 7), 100 + (bar % 7), 100 + (bar % 7), 100 + (bar % 7)] as const,
          ),
        ),
        DEFAULT_SETTINGS,
      )
    : plan;
  if (!run.ok) throw new Error('the run ends');
  const { trades } = run.value;
  const kept = keepResult(run.value, 1e6);
  expect(trades.length).toBeGreaterThan(5);
  expect(kept.ok ? JSON.parse(kept.value.lists.trades) : kept.error).toEqual(JSON.parse(JSON.stringify(trades)));
  expect(keepResult(run.value, 1000)).toMatchObject({
    error: expect.stringMatching(
      `^The result has ${trades.length} trades, \\d+ signals and \\d+ rejected orders, .* can be kept: take fewer bars`,
    ),
  });
});
