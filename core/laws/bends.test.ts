import { describe, expect, test } from 'vitest';
import { diff } from '#core/diff/diff.ts';
import { applyEdits, editsBetween } from '#core/formula/change/apply-edits.ts';
import { reconcile } from '#core/formula/change/reconcile.ts';
import { fromJsonText, toJson } from '#core/formula/json/json.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { bendsOf, MOST_BENDS, wireKey } from '#core/formula/model/bends.ts';
import type { Edit } from '#core/formula/model/edit.ts';

const BARE = parse('line = sma(close, 10)\nup = close > line\nbuy(when: up)\n').formula;
const idOf = (name: string): string => Object.entries(BARE.nodes).find(([, node]) => node.name === name)?.[0] ?? '';
const [LINE, UP] = [idOf('line'), idOf('up')];
const WAY = [
  { x: 10, y: -20.5 },
  { x: 40, y: 7 },
];
const KEY = wireKey(UP, 'b');
const LEAD: Edit = { type: 'setBends', id: KEY, bends: WAY };
const LED = applyEdits(BARE, [LEAD]);

describe('points that a wire is led through', () => {
  test('say nothing of the strategy: the same code, the same hash, no difference', () => {
    expect(bendsOf(LED, UP, 'b')).toEqual(WAY);
    expect(print(LED)).toBe(print(BARE));
    expect(contentHash(LED)).toBe(contentHash(BARE));
    expect(diff(BARE, LED).changes).toEqual([]);
  });

  test('are edits like others: made, changed and taken back', () => {
    const other = applyEdits(LED, [{ type: 'setBends', id: KEY, bends: [{ x: 1, y: 1 }] }]);
    for (const [from, to] of [
      [BARE, LED],
      [LED, other],
      [other, BARE],
    ] as const)
      expect(applyEdits(from, editsBetween(from, to))).toEqual(to);
  });

  test('go with their wire, and do not come back with another one', () => {
    const anew: Edit = { type: 'setArg', id: UP, port: 'b', arg: { from: LINE } };
    for (const gone of [
      { type: 'clearArg', id: UP, port: 'b' },
      { type: 'setArg', id: UP, port: 'b', arg: 3 },
    ] as const) {
      expect(applyEdits(LED, [gone]).bends).toBeUndefined();
      expect(applyEdits(LED, [gone, anew]).bends).toBeUndefined();
    }
    expect(applyEdits(LED, [{ type: 'removeNode', id: LINE }]).bends).toBeUndefined();
  });

  test('stay while code is written', () => {
    const written = parse(print(LED).replace('10', '12')).formula;
    expect(reconcile(LED, written, () => 'fresh').bends).toEqual(LED.bends);
  });

  test('are read and written as JSON; what is no way of a wire is refused with its path', () => {
    const read = fromJsonText(toJson(LED));
    expect(read.diagnostics).toEqual([]);
    expect(read.formula).toEqual(LED);
    for (const bends of [
      { [KEY]: [] },
      { [KEY]: [{ x: 1 }] },
      { [KEY]: Array.from({ length: MOST_BENDS + 1 }, () => ({ x: 1, y: 1 })) },
      { [`${LINE}/timePeriod`]: [{ x: 1, y: 1 }] },
      { 'nobody/x': [{ x: 1, y: 1 }] },
      [],
    ]) {
      const { formula, diagnostics } = fromJsonText(JSON.stringify({ ...BARE, bends }));
      expect(diagnostics).toHaveLength(1);
      expect(diagnostics[0]?.message).toContain('bends');
      expect(formula.bends).toBeUndefined();
    }
  });
});
