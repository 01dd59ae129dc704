import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { anyEdit, anyFormula, connected, withoutStrays } from '#collab/testing/arbitrary.ts';
import { replicate, sync } from '#collab/testing/replicas.ts';
import { applyEdits as applyToFormula } from '#core/formula/change/apply-edits.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { FORMULA_FORMAT, isRef, type Formula } from '#core/formula/model/formula.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { fillDocument } from './fill.ts';
import { repairFormula } from './repair.ts';
import { toFormula } from './to-formula.ts';
import { Undo } from './undo.ts';
import { writeEdits } from './write-edits.ts';

/** Ada and Ben with copies of: price = close; fast = sma(price, 10). */
function two() {
  const doc = new Y.Doc();
  const nodes = {
    price: { block: 'close', name: 'price', args: {} },
    fast: { block: 'sma', name: 'fast', args: { source: { from: 'price' }, period: 10 } },
  };
  fillDocument(doc, { format: FORMULA_FORMAT, nodes }, 'Test');
  const [ada, ben] = replicate(doc, 2);
  if (!ada || !ben) throw new Error('two replicas');
  return { ada, ben, undo: new Undo(ada, 'ada'), nodes: () => toFormula(ada).formula.nodes };
}

const add = (id: string, after?: string | null): Edit => ({
  type: 'addNode',
  id,
  node: { block: 'open', args: {} },
  ...(after === undefined ? {} : { after }),
});

const ordered = ({ layout = {}, ...formula }: Formula): unknown => ({
  ...formula,
  layout,
  nodes: Object.entries(formula.nodes),
});

/** How many wires a repair takes away. */
const cut = (formula: Formula): number => wires(formula) - wires(repairFormula(formula).formula);
const wires = ({ nodes }: Formula): number =>
  Object.values(nodes).reduce((sum, { args }) => sum + Object.values(args).filter(isRef).length, 0);

/**
 * What a document is to say behind the edits. Null where a mistaken argument closes a cycle: which wire of the cycle
 * goes depends on whether the argument is shown.
 */
function wantedOf(applied: Formula): unknown {
  const wanted = ordered(repairFormula(withoutStrays(applied)).formula);
  const isClear =
    cut(applied) === cut(withoutStrays(applied)) &&
    isDeepStrictEqual(ordered(withoutStrays(repairFormula(applied).formula)), wanted);
  return isClear ? wanted : null;
}

describe('applyEdits', () => {
  it('does to the document what the same edits do to the formula', () => {
    fc.assert(
      fc.property(anyFormula, fc.array(anyEdit, { maxLength: 30 }), (formula, some) => {
        const edits = connected(formula, some);
        const doc = new Y.Doc();
        fillDocument(doc, formula, 'Test');
        writeEdits(doc, edits, 'ada');
        const wanted = wantedOf(applyToFormula(formula, edits));
        fc.pre(wanted !== null);
        expect(ordered(withoutStrays(toFormula(doc).formula))).toEqual(wanted);
      }),
      { numRuns: 500 * SCALE },
    );
  });

  it('does so where a node is taken away, made anew and given further blocks in one gesture', () => {
    const ids = fc.constantFrom('a', 'b');
    const blocks = fc.constantFrom('sma', 'close', 'crossover');
    const port = fc.constantFrom('source', 'period', 'a', 'b');
    const value = fc.oneof(fc.integer({ min: 2, max: 5 }), fc.record({ from: ids }));
    const edit: fc.Arbitrary<Edit> = fc.oneof(
      fc.record({ type: fc.constant('removeNode' as const), id: ids }),
      fc.record({
        type: fc.constant('addNode' as const),
        id: ids,
        node: fc.record({
          block: blocks,
          args: fc.dictionary(port, value, { maxKeys: 3 }).map((args) => ({ ...args })),
        }),
      }),
      fc.record({ type: fc.constant('setBlock' as const), id: ids, block: blocks }),
      fc.record({ type: fc.constant('setArg' as const), id: ids, port, arg: value }),
      fc.record({ type: fc.constant('clearArg' as const), id: ids, port }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), fc.array(edit, { maxLength: 12 }), (before, some) => {
        const { ada } = two();
        writeEdits(ada, connected(toFormula(ada).formula, before), 'ada');
        const { formula } = toFormula(ada);
        const edits = connected(formula, some);
        writeEdits(ada, edits, 'ada');
        const wanted = wantedOf(applyToFormula(formula, edits));
        fc.pre(wanted !== null);
        expect(ordered(withoutStrays(toFormula(ada).formula))).toEqual(wanted);
      }),
      { numRuns: 500 * SCALE },
    );
  });

  it.each<[string, readonly Edit[], readonly string[]]>([
    [
      'a node whose wire goes with what the wire came from stays deleted',
      [
        { type: 'addNode', id: 'user', node: { block: 'sma', args: { source: { from: 'fast' } } } },
        { type: 'removeNode', id: 'fast' },
        { type: 'setName', id: 'user', name: 'user' },
        { type: 'removeNode', id: 'user' },
        { type: 'addNode', id: 'fast', node: { block: 'sma', args: {} } },
      ],
      ['price', 'fast'],
    ],
    [
      'a wire that an earlier block of the same gesture has left over brings nobody back',
      [
        { type: 'addNode', id: 'user', node: { block: 'sma', args: { source: { from: 'fast' } } } },
        { type: 'setBlock', id: 'user', block: 'close' },
        { type: 'removeNode', id: 'fast' },
        { type: 'setBlock', id: 'user', block: 'sma' },
      ],
      ['price', 'user'],
    ],
  ])('%s, in one gesture and in several', (_name, edits, left) => {
    for (const gestures of [[edits], edits.map((edit) => [edit])]) {
      const { ada, ben, undo, nodes } = two();
      const before = nodes();
      for (const gesture of gestures) writeEdits(ada, gesture, 'ada');
      expect(Object.keys(nodes())).toEqual(left);
      sync(ada, ben);
      expect(Object.keys(toFormula(ben).formula.nodes)).toEqual(left);
      while (undo.canUndo()) undo.undo();
      expect(nodes()).toEqual(before);
      while (undo.canRedo()) undo.redo();
      expect(Object.keys(nodes())).toEqual(left);
    }
  });

  it('leaves the price that a node was wired to when the node gets a block without that port', () => {
    const { ada } = two();
    writeEdits(
      ada,
      [
        { type: 'addNode', id: 'b', node: { block: 'close', args: {} } },
        { type: 'addNode', id: 'a', node: { block: 'sma', args: { source: { from: 'b' } } } },
      ],
      'ada',
    );
    writeEdits(ada, [{ type: 'setBlock', id: 'a', block: 'crossover' }], 'ada');
    expect(Object.keys(toFormula(ada).formula.nodes)).toContain('b');
  });

  it('puts statements where they belong, also between two that were inserted at one spot at once', () => {
    const { ada, ben, nodes } = two();
    writeEdits(ada, [add('x', 'price')], 'ada');
    writeEdits(ben, [add('y', 'price')], 'ben');
    sync(ada, ben);
    expect(Object.keys(nodes())).toEqual(['price', 'x', 'y', 'fast']);
    writeEdits(ada, [add('between', 'x'), add('first', null), add('last')], 'ada');
    writeEdits(ada, [{ type: 'reorder', id: 'price', after: 'y' }], 'ada');
    expect(Object.keys(nodes())).toEqual(['first', 'x', 'between', 'y', 'price', 'fast', 'last']);
  });

  it('is one transaction, and none at all when nothing changes', () => {
    const { ada } = two();
    const updates: unknown[] = [];
    ada.on('update', (_update, origin) => updates.push(origin));
    writeEdits(
      ada,
      [
        { type: 'setName', id: 'fast', name: 'quick' },
        { type: 'setArg', id: 'fast', port: 'period', arg: 12 },
      ],
      'ada',
    );
    expect(updates).toEqual(['ada']);
    writeEdits(
      ada,
      [
        { type: 'setName', id: 'fast', name: 'quick' },
        { type: 'setArg', id: 'fast', port: 'source', arg: { from: 'price' } },
      ],
      'ada',
    );
    expect(updates).toEqual(['ada']);
  });

  it('keeps both when two people change two arguments of one node', () => {
    const { ada, ben, nodes } = two();
    writeEdits(ada, [{ type: 'setArg', id: 'fast', port: 'period', arg: 20 }], 'ada');
    writeEdits(ben, [{ type: 'setArg', id: 'fast', port: 'source', arg: 3 }], 'ben');
    sync(ada, ben);
    expect(nodes()['fast']?.args).toEqual({ period: 20, source: 3 });
  });
});

describe('Undo', () => {
  it('takes back one gesture of one person and keeps what a colleague did', () => {
    const { ada, ben, undo, nodes } = two();
    writeEdits(ada, [{ type: 'setName', id: 'fast', name: 'quick' }], 'ada');
    writeEdits(ada, [{ type: 'setArg', id: 'fast', port: 'period', arg: 20 }], 'ada');
    sync(ada, ben);
    writeEdits(ben, [{ type: 'setComment', id: 'fast', comment: 'why' }], 'ben');
    sync(ada, ben);
    undo.undo();
    expect(nodes()['fast']).toEqual({
      block: 'sma',
      name: 'quick',
      comment: 'why',
      args: { source: { from: 'price' }, period: 10 },
    });
    undo.undo();
    expect(nodes()['fast']).toMatchObject({ name: 'fast', comment: 'why' });
    expect(undo.canUndo()).toBe(false);
    undo.redo();
    expect(nodes()['fast']).toMatchObject({ name: 'quick', comment: 'why' });
  });

  it('does not take back what a colleague has changed since', () => {
    const { ada, ben, undo, nodes } = two();
    writeEdits(ada, [{ type: 'setArg', id: 'fast', port: 'period', arg: 20 }], 'ada');
    sync(ada, ben);
    writeEdits(ben, [{ type: 'setArg', id: 'fast', port: 'period', arg: 30 }], 'ben');
    sync(ada, ben);
    undo.undo();
    expect(nodes()['fast']?.args['period']).toBe(30);
  });

  it('brings a deleted node back, and leaves what colleagues have put in its place since', () => {
    const { ada, ben, undo, nodes } = two();
    const before = nodes();
    writeEdits(ada, [{ type: 'removeNode', id: 'price' }], 'ada');
    sync(ada, ben);
    writeEdits(
      ben,
      [
        { type: 'setArg', id: 'fast', port: 'source', arg: 3 },
        { type: 'setName', id: 'fast', name: 'quick' },
      ],
      'ben',
    );
    sync(ada, ben);
    expect(nodes()).toEqual({ fast: { block: 'sma', name: 'quick', args: { source: 3, period: 10 } } });
    undo.undo();
    expect(nodes()).toEqual({
      price: before['price'],
      fast: { block: 'sma', name: 'quick', args: { source: 3, period: 10 } },
    });
  });

  it('takes back an added node and redoes it with its arguments', () => {
    const { ada, undo, nodes } = two();
    writeEdits(
      ada,
      [{ type: 'addNode', id: 'n', node: { block: 'ema', args: { period: 3 } }, at: { x: 1, y: 2 } }],
      'ada',
    );
    undo.undo();
    expect(Object.keys(nodes())).toEqual(['price', 'fast']);
    undo.redo();
    expect(nodes()['n']).toEqual({ block: 'ema', args: { period: 3 } });
    expect(toFormula(ada).formula.layout).toEqual({ n: { x: 1, y: 2 } });
  });
});
