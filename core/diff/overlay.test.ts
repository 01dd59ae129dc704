import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { isRef, nodeOf, type Formula } from '#core/formula/model/formula.ts';
import { arbitraryFormula, SOME_FEEDS } from '#core/formula/testing/arbitrary-formula.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { align } from './align.ts';
import { changeKeyOf } from './change-key.ts';
import { diff } from './diff.ts';
import { nodesOfChange, overlayOf } from './overlay.ts';

const formula = (code: string): Formula => parse(code).formula;

function overlaid(a: Formula, b: Formula) {
  const { changes } = diff(a, b);
  const after = align(a, b);
  return { changes, after, overlay: overlayOf({ before: a, after, changes }) };
}

test('an argument says on its node what it said, also inside a statement', () => {
  const { overlay } = overlaid(
    formula('buy(when: rsi(close, 14) < 30, size: 50%)\n'),
    formula('buy(when: rsi(close, 21) < 30)\n'),
  );
  const said = [...overlay.fields].flatMap(([id, ports]) =>
    [...ports].map(([port, change]) => [nodeOf(overlay.formula, id)?.block, port, change]),
  );
  expect(said).toEqual([
    ['rsi', 'timePeriod', { before: '14', after: '21' }],
    ['buy', 'size', { before: '50%', after: undefined }],
  ]);
});

test('a wire that goes elsewhere is one that went and one that came', () => {
  const { overlay } = overlaid(
    formula('a = sma(close, 5)\nb = sma(close, 9)\nbuy(when: close > a)\nsell(when: close < b)\n'),
    formula('a = sma(close, 5)\nb = sma(close, 9)\nbuy(when: close > b)\nsell(when: close < b)\n'),
  );
  expect(overlay.added).toHaveLength(1);
  expect(overlay.removed).toEqual(overlay.added);
});

const formulas = arbitraryFormula({ feeds: SOME_FEEDS });

test('every node is on the canvas, what differs is marked, and no two changes have one key', () => {
  fc.assert(
    fc.property(formulas, formulas, (a, b) => {
      const { changes, after, overlay } = overlaid(a, b);
      expect(new Set(Object.keys(overlay.formula.nodes))).toEqual(
        new Set([...Object.keys(a.nodes), ...Object.keys(after.nodes)]),
      );
      for (const id of Object.keys(overlay.formula.nodes)) {
        const [was, is] = [nodeOf(a, id), nodeOf(after, id)];
        if (!was) expect(overlay.marks.get(id)).toBe('added');
        else if (!is) expect(overlay.marks.get(id)).toBe('removed');
      }
      for (const change of changes)
        for (const id of nodesOfChange(change)) {
          expect(nodeOf(overlay.formula, id)).toBeDefined();
          expect(overlay.marks.has(id)).toBe(true);
        }
      for (const [side, wires] of [
        [after, overlay.added],
        [a, overlay.removed],
      ] as const)
        for (const { node, port } of wires) expect(isRef(nodeOf(side, node)?.args[port])).toBe(true);
      const keys = changes.map(changeKeyOf);
      expect(new Set(keys).size).toBe(keys.length);
      const none = overlaid(a, a).overlay;
      expect([none.marks.size, none.fields.size, none.added.length, none.removed.length]).toEqual([0, 0, 0, 0]);
    }),
    { numRuns: Math.round(200 * SCALE) },
  );
});

test('the key of a change stays when something else changes too, and when the same changes again', () => {
  const base = formula('slow = 20\nline = sma(close, slow)\nbuy(when: close > line, size: 50%)\n');
  const keysOf = (code: string) => diff(base, formula(code)).changes.map(changeKeyOf);
  const [key] = keysOf('slow = 20\nline = sma(close, slow)\nbuy(when: close > line, size: 60%)\n');
  expect(keysOf('slow = 21\nline = ema(close, slow)\nbuy(when: close < line, size: 70%)\n')).toContain(key);
});
