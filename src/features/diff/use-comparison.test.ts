import { expect, test } from 'vitest';
import { reportOn } from '#core/diff/report/report.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { changeOfNode } from './change-of-node.ts';
import { comparisonOf } from './use-comparison.ts';

const placed = (code: string, x: number): Formula => {
  const { formula } = parse(code);
  return { ...formula, layout: Object.fromEntries(Object.keys(formula.nodes).map((id, y) => [id, { x, y: y * 200 }])) };
};
const CODE = 'line = sma(close, 10)\nbuy(when: rsi(close, 14) < 30, size: 50%)\nsell(when: close < line)\n';

test('nodes that only moved are neither told nor marked until somebody asks', () => {
  const report = reportOn(placed(CODE, 0), placed(CODE.replace('10', '12'), 300));
  const [without, with_] = [comparisonOf(report, false), comparisonOf(report, true)];
  expect(without.movedCount).toBeGreaterThan(3);
  expect(without.shown.map(({ change }) => change.kind)).toEqual(['changed']);
  expect([...without.overlay.marks.values()]).toEqual(['changed']);
  expect(with_.shown.map(({ change }) => change.kind)).toEqual(['changed', 'moved']);
  expect([...with_.overlay.marks.values()].filter((mark) => mark === 'moved').length).toBe(without.movedCount - 1);
});

test('a node leads to the change of the statement in which it is written, one that says what it said to none', () => {
  const report = reportOn(placed(CODE, 0), placed(`${CODE}info(when: atr(5) > 1)\n`, 0));
  const { shown, overlay } = comparisonOf(report, false);
  const idOf = (block: string): string =>
    Object.entries(overlay.formula.nodes).find(([, node]) => node.block === block)?.[0] ?? '';
  expect(shown).toHaveLength(1);
  expect(changeOfNode(overlay.formula, shown, idOf('atr'))).toBe(shown[0]?.key);
  expect(changeOfNode(overlay.formula, shown, idOf('sma'))).toBeNull();
  expect(changeOfNode(overlay.formula, shown, idOf('rsi'))).toBeNull();
});
