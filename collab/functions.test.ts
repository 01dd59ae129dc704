import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillDocument } from '#collab/fill.ts';
import { replicate, sync } from '#collab/testing/replicas.ts';
import { toFormula } from '#collab/to-formula.ts';
import { Undo } from '#collab/undo.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { check } from '#core/formula/check/check.ts';
import { expand } from '#core/formula/functions/expand.ts';
import { extractFunction } from '#core/formula/functions/extract.ts';
import { functionsOf } from '#core/formula/language/functions.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';

const CODE = `fn mid(a, b = 2) =
    sum = a + b
    return sum / 2

x = mid(close, open)

buy(when: close > x)
`;

function two(code = CODE) {
  const base = new Y.Doc();
  fillDocument(base, parse(code).formula, 'Test');
  const [ada, ben] = replicate(base, 2);
  if (!ada || !ben) throw new Error('two replicas');
  const formula = (doc: Y.Doc): Formula => toFormula(doc).formula;
  return { ada, ben, formula, code: (doc: Y.Doc) => print(formula(doc)) };
}

const named = ({ nodes }: Formula, name: string): NodeId =>
  Object.entries(nodes).find(([, node]) => node.name === name)?.[0] ?? '';

describe('functions in the shared document', () => {
  test('are the same when they are read', () => {
    const { ada, code } = two();
    expect(code(ada)).toBe(CODE);
  });

  test('the order of parameters and results is that of the code, whatever they are called', () => {
    const written =
      'fn f(z, a) =\n    y = z - a\n    return upper: y, lower: z\n\nx = f(close, open)\n\nbuy(when: x > x.lower)\n';
    const { ada, code } = two(written);
    expect(code(ada)).toBe(print(parse(written).formula));
    expect(code(ada)).toContain('fn f(z, a)');
    expect(code(ada)).toContain('return upper: y, lower: z');
  });

  test('two people edit one function: both changes stand [G15]', () => {
    const { ada, ben, formula, code } = two();
    writeEdits(ada, [{ type: 'setArg', id: named(formula(ada), 'b'), port: 'default', arg: 3 }], 'ada');
    writeEdits(ben, [{ type: 'setBlock', id: named(formula(ben), 'sum'), block: 'sub' }], 'ben');
    sync(ada, ben);
    expect(code(ada)).toBe(CODE.replace('b = 2', 'b = 3').replace('a + b', 'a - b'));
    expect(code(ben)).toBe(code(ada));
  });

  test('one deletes a function with its calls, another changes it: the function is there, with all that is in it [G15]', () => {
    const { ada, ben, formula, code } = two();
    const nodes = formula(ada).nodes;
    const fn = named(formula(ada), 'mid');
    const gone = [fn, ...(functionsOf(formula(ada)).get(fn)?.all ?? [])];
    writeEdits(
      ada,
      gone.map((id): Edit => ({ type: 'removeNode', id })),
      'ada',
    );
    writeEdits(ben, [{ type: 'setArg', id: named({ ...formula(ben), nodes }, 'sum'), port: 'b', arg: 7 }], 'ben');
    sync(ada, ben);
    expect(code(ben)).toBe(code(ada));
    expect(code(ada)).toContain('sum = a + 7');
    expect(functionsOf(formula(ada)).size).toBe(1);
  });

  test('making a function of a selection is one step of undo', () => {
    fc.assert(
      fc.property(
        arbitraryFormula({ maxStatements: 6 }).chain((formula) =>
          fc.record({ formula: fc.constant(formula), ids: fc.subarray(Object.keys(formula.nodes), { minLength: 1 }) }),
        ),
        ({ formula, ids }) => {
          let count = 0;
          const made = extractFunction(formula, new Set(ids), { name: 'made', newId: () => `made${(count += 1)}` });
          fc.pre(made.ok);
          if (!made.ok) return;
          const doc = new Y.Doc();
          fillDocument(doc, formula, 'Test');
          const before = contentHash(toFormula(doc).formula);
          const undo = new Undo(doc, 'ada');
          writeEdits(doc, made.value.edits, 'ada');
          expect(functionsOf(toFormula(doc).formula).size).toBe(1);
          undo.undo();
          expect(contentHash(toFormula(doc).formula)).toBe(before);
          undo.redo();
          expect(functionsOf(toFormula(doc).formula).size).toBe(1);
          expect(toFormula(doc).repairs).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});

test.each([
  [1, 2],
  [2, 1],
] as const)(
  '[G17] two who make a block of the same nodes at the same moment: one block stands, and it is right',
  (a, b) => {
    const { ada, ben, formula, code } = two(
      'up = close > open\nbig = volume > 1000\nboth = up and big\n\nbuy(when: both)\n',
    );
    [ada.clientID, ben.clientID] = [a, b];
    const make = (doc: Y.Doc, name: string, of: readonly string[]): void => {
      const now = formula(doc);
      let count = 0;
      const selected = new Set(of.map((each) => named(now, each)));
      const made = extractFunction(now, selected, { name, newId: () => `${name}${(count += 1)}` });
      if (!made.ok) throw new Error(made.error);
      writeEdits(doc, made.value.edits, name);
    };
    make(ada, 'ours', ['up', 'big', 'both']);
    make(ben, 'theirs', ['up', 'big', 'both']);
    sync(ada, ben);
    expect(code(ada)).toBe(code(ben));
    expect(check(formula(ada)).diagnostics).toEqual([]);
    expect(functionsOf(formula(ada)).size).toBe(1);
    const both = expand(parse('buy(when: close > open and volume > 1000)').formula).formula;
    const hash = (of: Formula): string => contentHash({ ...of, nodes: withoutNames(of.nodes) });
    expect(hash(expand(formula(ada)).formula)).toBe(hash(both));
  },
);

const withoutNames = (nodes: Formula['nodes']): Formula['nodes'] =>
  Object.fromEntries(Object.entries(nodes).map(([id, { name: _name, ...node }]) => [id, node]));
