import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import { check } from '#core/formula/check/check.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { isRef, type Formula } from '#core/formula/model/formula.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { placeMissing } from '../place-missing.ts';
import { insertBlock, insertNode, isLoose } from './insert-on-wire.ts';
import { removeKeepingChain } from './keep-chain.ts';
import { crossedBy, wireLines, wireNear } from './wires-at.ts';

const formulaOf = (code: string): Formula => parse(code).formula;
const idOf = (formula: Formula, name: string): string =>
  Object.entries(formula.nodes).find(([, node]) => node.name === name || node.block === name)?.[0] ?? '';
const block = (name: string) => {
  const found = findBlock(name);
  if (!found) throw new Error(name);
  return found;
};
const remove = (code: string, ...names: string[]): string => {
  const formula = formulaOf(code);
  return print(applyEdits(formula, removeKeepingChain(formula, new Set(names.map((name) => idOf(formula, name))))));
};
/** A formula, and some of its nodes. */
const someNodes = arbitraryFormula({ maxStatements: 8 }).chain((formula) =>
  fc.record({ formula: fc.constant(formula), ids: fc.subarray(Object.keys(formula.nodes)).map((ids) => new Set(ids)) }),
);
const wiresOf = (formula: Formula) =>
  Object.entries(formula.nodes).flatMap(([node, { args }]) =>
    Object.entries(args).flatMap(([port, arg]) => (isRef(arg) ? [{ node, port }] : [])),
  );
const errorsOf = (formula: Formula) =>
  check(formula).diagnostics.filter(({ code }) => code === 'type' || code === 'cycle');

describe('a node is taken away and its chain kept', () => {
  test('what it stood between is joined, by the first input that fits', () => {
    expect(remove('a = sma(close, 10)\nb = ema(a, 5)\nbuy(when: b > 3)\n', 'b')).toContain('buy(when: a > 3)');
    expect(remove('a = sma(close, 10)\nb = ema(a, 5)\nbuy(when: b > 3)\n', 'a', 'b')).toContain('buy(when: close > 3)');
    expect(remove('a = rsi(close, 14) < 30\nbuy(when: not a)\n', 'not')).toContain('buy(when: a)');
  });

  test('where nothing fits, the wire goes with the node', () => {
    expect(remove('a = rsi(close, 14)\nb = a < 30\nbuy(when: b)\n', 'b')).toContain('buy()');
  });

  test('in any formula: those nodes are gone, no other, and no more is wrong than if the wires were gone', () => {
    fc.assert(
      fc.property(someNodes, ({ formula, ids }) => {
        const after = applyEdits(formula, removeKeepingChain(formula, ids));
        expect(Object.keys(after.nodes).sort()).toEqual(
          Object.keys(formula.nodes)
            .filter((id) => !ids.has(id))
            .sort(),
        );
        for (const { node, port } of wiresOf(after)) {
          const arg = after.nodes[node]?.args[port];
          if (isRef(arg)) expect(after.nodes[arg.from]).toBeDefined();
        }
        const cleared = applyEdits(
          formula,
          [...ids].map((id) => ({ type: 'removeNode', id })),
        );
        if (errorsOf(formula).length === 0)
          expect(errorsOf(after).length).toBeLessThanOrEqual(errorsOf(cleared).length);
      }),
    );
  });
});

describe('a block is put onto a wire', () => {
  test('the wire enters it, and goes on from it', () => {
    const formula = formulaOf('a = sma(close, 10)\nbuy(when: a > 3)\n');
    const wire = { node: idOf(formula, 'gt'), port: 'a' };
    const added = insertBlock(
      formula,
      block('ema'),
      { x: 0, y: 0 },
      { ...wire, port: portOf(formula, wire.node, 'a') },
    );
    expect(added).not.toBeNull();
    expect(print(applyEdits(formula, added?.edits ?? []))).toMatch(/buy\(when: ema\(a\) > 3\)/);
  });

  test('not where the types do not allow it', () => {
    const formula = formulaOf('up = crossover(close, open)\nbuy(when: up)\n');
    const wire = { node: idOf(formula, 'buy'), port: 'when' };
    expect(insertBlock(formula, block('ema'), { x: 0, y: 0 }, wire)).toBeNull();
    expect(insertBlock(formula, block('buy'), { x: 0, y: 0 }, wire)).toBeNull();
    expect(insertBlock(formula, block('not'), { x: 0, y: 0 }, wire)).not.toBeNull();
  });

  test('a node that has no wires; one that has some is no part of it', () => {
    const formula = formulaOf('a = sma(close, 10)\nb = ema(timePeriod: 5)\nbuy(when: a > 3)\n');
    expect(isLoose(formula, idOf(formula, 'b'))).toBe(true);
    expect(isLoose(formula, idOf(formula, 'a'))).toBe(false);
    const wire = { node: idOf(formula, 'gt'), port: portOf(formula, idOf(formula, 'gt'), 'a') };
    const edits = insertNode(formula, idOf(formula, 'b'), wire);
    expect(print(applyEdits(formula, edits ?? []))).toContain('b = ema(a, 5)');
    expect(print(applyEdits(formula, edits ?? []))).toContain('buy(when: b > 3)');
  });

  test('on any wire of any formula: what was right stays right', () => {
    fc.assert(
      fc.property(
        arbitraryFormula({ maxStatements: 6 }),
        fc.nat(),
        fc.constantFrom('ema', 'not', 'abs', 'crossover', 'where', 'highest'),
        (formula, pick, name) => {
          const wires = wiresOf(formula);
          const wire = wires[pick % Math.max(1, wires.length)];
          if (!wire || errorsOf(formula).length > 0) return;
          const added = insertBlock(formula, block(name), { x: 0, y: 0 }, wire);
          if (added) expect(errorsOf(applyEdits(formula, added.edits))).toEqual([]);
        },
      ),
    );
  });
});

/** The port at which a node of that name enters. */
function portOf(formula: Formula, node: string, from: string): string {
  const found = Object.entries(formula.nodes[node]?.args ?? {}).find(
    ([, arg]) => isRef(arg) && arg.from === idOf(formula, from),
  );
  return found?.[0] ?? '';
}

describe('wires by their place', () => {
  const formula = formulaOf('a = sma(close, 10)\nb = ema(close, 40)\nbuy(when: a > b)\n');
  const lines = wireLines({ formula, places: placeMissing(formula) });

  test('a line across everything crosses every wire, a line beside it none', () => {
    const all = lines.flatMap(({ points }) => points);
    const [left, right] = [Math.min(...all.map(({ x }) => x)), Math.max(...all.map(({ x }) => x))];
    const crossed = new Set<string>();
    for (let x = left + 0.5; x < right; x += 4)
      for (const { node, port } of crossedBy(lines, { x, y: -9999 }, { x, y: 9999 })) crossed.add(`${node}/${port}`);
    expect(crossed.size).toBe(lines.length);
    expect(crossedBy(lines, { x: left - 20, y: -9999 }, { x: left - 20, y: 9999 })).toEqual([]);
  });

  test('the nearest within reach', () => {
    for (const { node, port, points } of lines) {
      const { x, y } = points[8] ?? { x: 0, y: 0 };
      expect(
        wireNear(
          [{ node, port, points, box: { x: x - 1e4, y: y - 1e4, width: 2e4, height: 2e4 } }],
          { x, y: y + 4 },
          5,
        ),
      ).toEqual({ node, port });
      expect(wireNear(lines, { x, y: y + 9999 }, 5)).toBeNull();
    }
  });
});
