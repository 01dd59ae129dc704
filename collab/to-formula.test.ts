import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { anyEdit, anyFormula } from '#collab/testing/arbitrary.ts';
import { pull, replicate, sync } from '#collab/testing/replicas.ts';
import { FORMULA_FORMAT, type Formula, type FormulaNode } from '#core/formula/model/formula.ts';
import { nodeMap, rootsOf } from './document-roots.ts';
import { fillDocument } from './fill.ts';
import { repairFormula } from './repair.ts';
import { toFormula } from './to-formula.ts';
import { Undo } from './undo.ts';
import { writeEdits } from './write-edits.ts';

const formulaOf = (nodes: Record<string, FormulaNode>): Formula => ({ format: FORMULA_FORMAT, nodes });

function documentOf(formula: Formula): Y.Doc {
  const doc = new Y.Doc();
  fillDocument(doc, formula, 'Test');
  return doc;
}

/** With the order of statements, which `toEqual` does not see. */
const ordered = (formula: Formula): unknown => ({ ...formula, nodes: Object.entries(formula.nodes) });

describe('toFormula', () => {
  it('gives back what the document was filled with', () => {
    fc.assert(
      fc.property(anyFormula, (formula) => {
        const whole = repairFormula(formula).formula;
        const read = toFormula(documentOf(whole));
        expect(ordered(read.formula)).toEqual(ordered(whole));
        expect(read.repairs).toEqual([]);
      }),
    );
  });

  it('is the same for all who have the same changes, and whole', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ who: fc.nat(2), edits: fc.array(anyEdit, { minLength: 1, maxLength: 4 }) }) },
      { weight: 2, arbitrary: fc.record({ pull: fc.tuple(fc.nat(2), fc.nat(2)) }) },
      { weight: 2, arbitrary: fc.record({ undo: fc.nat(2), times: fc.integer({ min: 1, max: 3 }) }) },
      { weight: 1, arbitrary: fc.record({ redo: fc.nat(2) }) },
    );
    fc.assert(
      fc.property(anyFormula, fc.array(step, { maxLength: 40 }), (formula, steps) => {
        const docs = replicate(documentOf(formula), 3);
        const undos = docs.map((doc, who) => new Undo(doc, who));
        for (const one of steps) {
          if ('edits' in one) writeEdits(docs[one.who] ?? new Y.Doc(), one.edits, one.who);
          else if ('pull' in one) pull(docs[one.pull[0]] ?? new Y.Doc(), docs[one.pull[1]] ?? new Y.Doc());
          else if ('undo' in one) for (let i = 0; i < one.times; i++) undos[one.undo]?.undo();
          else undos[one.redo]?.redo();
        }
        for (let round = 0; round < 2; round++) for (const a of docs) for (const b of docs) sync(a, b);
        const [first, ...others] = docs.map((doc) => JSON.stringify(toFormula(doc)));
        for (const other of others) expect(other).toBe(first);
        const [doc] = docs;
        if (doc) expect(repairFormula(toFormula(doc).formula).repairs).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('cuts a cycle that two people closed together', () => {
    const base = documentOf(formulaOf({ a: { block: 'add', args: {} }, b: { block: 'add', args: {} } }));
    const [ada, ben] = replicate(base, 2);
    if (!ada || !ben) throw new Error('two replicas');
    writeEdits(ada, [{ type: 'setArg', id: 'a', port: 'x', arg: { from: 'b' } }], 'ada');
    writeEdits(ben, [{ type: 'setArg', id: 'b', port: 'x', arg: { from: 'a' } }], 'ben');
    sync(ada, ben);
    const { formula, repairs } = toFormula(ada);
    expect(formula.nodes).toEqual({ a: { block: 'add', args: { x: { from: 'b' } } }, b: { block: 'add', args: {} } });
    expect(repairs).toEqual([{ kind: 'cutWire', nodeId: 'b', port: 'x', from: 'a' }]);
  });

  it('drops a wire to a node that is deleted without a word of what was seen, and says so', () => {
    const doc = documentOf(
      formulaOf({ a: { block: 'close', args: {} }, b: { block: 'sma', args: { source: { from: 'a' } } } }),
    );
    nodeMap(rootsOf(doc).nodes, 'a')?.set('deleted', true);
    expect(toFormula(doc)).toEqual({
      formula: formulaOf({ b: { block: 'sma', args: {} } }),
      repairs: [{ kind: 'lostWire', nodeId: 'b', port: 'source', from: 'a' }],
    });
  });

  it('makes a name unique that was given twice', () => {
    const doc = documentOf(
      formulaOf({
        b: { block: 'close', name: 'x', args: {} },
        c: { block: 'close', name: 'x_2', args: {} },
        a: { block: 'open', name: 'x', args: {} },
      }),
    );
    const { formula, repairs } = toFormula(doc);
    expect(Object.entries(formula.nodes).map(([id, { name }]) => [id, name])).toEqual([
      ['b', 'x_3'],
      ['c', 'x_2'],
      ['a', 'x'],
    ]);
    expect(repairs).toEqual([{ kind: 'renamed', nodeId: 'b', name: 'x', to: 'x_3' }]);
  });

  it('sets aside what no client of ours writes', () => {
    const doc = documentOf(formulaOf({ a: { block: 'sma', args: { period: 3 } } }));
    const { nodes, args, layout } = rootsOf(doc);
    nodes.set('odd', 'text');
    nodes.set('blockless', new Y.Map([['block', 7]]));
    layout.set('a', [1, 'two']);
    args.set('a/source', { from: 'a', more: 1 });
    args.set('a/period', new Uint8Array([1]));
    args.set('nobody/period', new Uint8Array([1]));
    expect(toFormula(doc)).toEqual({
      formula: formulaOf({ a: { block: 'sma', args: {} } }),
      repairs: [
        { kind: 'unknownValue', nodeId: 'a', port: 'period' },
        { kind: 'unknownValue', nodeId: 'a', port: 'source' },
      ],
    });
  });
});
