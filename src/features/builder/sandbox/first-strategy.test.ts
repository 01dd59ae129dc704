import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { Preview } from '#core/engine/preview.ts';
import { check } from '#core/formula/check/check.ts';
import { fromJsonText } from '#core/formula/json/json.ts';
import { columnsOf } from '#features/rerun/index.ts';
import { exampleMarket } from './example-market.ts';
import { firstStrategy, firstStrategyText } from './first-strategy.ts';

test('the first strategy has no problem, and a place for each of its nodes', () => {
  const formula = firstStrategy();
  expect(check(formula).diagnostics).toEqual([]);
  expect(Object.keys(formula.layout ?? {}).toSorted()).toEqual(Object.keys(formula.nodes).toSorted());
  expect(fromJsonText(firstStrategyText()).formula).toEqual(formula);
});

test('the first strategy trades on the example prices, so that there is something to see', () => {
  const { market, lists } = exampleMarket(JSON.parse(readFileSync('public/examples/spx-daily.json', 'utf8')));
  expect(market.barCount).toBe(lists.close.length);
  const { symbol, timeframe } = market;
  const preview = new Preview(columnsOf({ ...lists, symbol, timeframe, length: lists.time.length }), new Map());
  const run = preview.run(firstStrategy(), DEFAULT_SETTINGS);
  expect(run.ok && run.value.result.trades.length).toBeGreaterThan(30);
});
