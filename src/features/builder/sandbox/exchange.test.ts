import { expect, test } from 'vitest';
import { applyEdits, editsBetween } from '#core/formula/change/apply-edits.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { exchangeWithTabs } from './exchange.ts';
import { firstStrategy } from './first-strategy.ts';

/** Two tabs over one storage; each knows its own formula. */
function browser() {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const openTab = () => {
    let formula: Formula = firstStrategy();
    const exchange = exchangeWithTabs({
      store,
      formula: () => formula,
      take: (edits) => {
        formula = applyEdits(formula, edits);
      },
    });
    return {
      ...exchange,
      /** Adds a statement, as somebody types it. */
      add: (id: string, code: string) => {
        const [node] = Object.values(parse(code).formula.nodes).toReversed();
        if (!node) throw new Error('nothing was written');
        const next = { ...formula, nodes: { ...formula.nodes, [id]: { ...node, args: {} } } };
        formula = applyEdits(formula, editsBetween(formula, next));
      },
      code: () => print(formula),
    };
  };
  return { openTab };
}

test('what two tabs add before either keeps is in both, and kept', () => {
  const { openTab } = browser();
  const [one, two] = [openTab(), openTab()];
  one.add('ofOne', 'extra = sma(close, 33)');
  two.add('ofTwo', 'other = sma(close, 44)');
  expect(one.keep()).toBe(true);
  expect(two.keep()).toBe(true);
  expect(two.code()).toContain('extra = ');
  one.takeIn();
  expect(one.code()).toContain('other = ');
  expect(one.code()).toContain('extra = ');
  expect(openTab().keep()).toBe(true);
});

test('a tab that changes nothing takes nothing away', () => {
  const { openTab } = browser();
  const [one, two] = [openTab(), openTab()];
  one.add('ofOne', 'extra = sma(close, 33)');
  one.keep();
  two.keep();
  one.takeIn();
  expect(one.code()).toContain('extra = ');
  expect(two.code()).toContain('extra = ');
});

test('text that does not read is nobody’s change', () => {
  const store = { getItem: () => '{"nodes": 5', setItem: () => undefined, removeItem: () => undefined };
  const taken: unknown[] = [];
  const exchange = exchangeWithTabs({ store, formula: firstStrategy, take: (edits) => taken.push(edits) });
  exchange.takeIn();
  expect(taken).toEqual([]);
});
