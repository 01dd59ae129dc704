import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { nodeMap, rootsOf } from '#collab/document-roots.ts';
import { fillDocument } from '#collab/fill.ts';
import { replicate, sync } from '#collab/testing/replicas.ts';
import { toFormula } from '#collab/to-formula.ts';
import { Undo } from '#collab/undo.ts';
import { writeEdits } from '#collab/write-edits.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { FORMULA_FORMAT, type Formula, type NodeId } from '#core/formula/model/formula.ts';

// One case of each rule of merging in server/realtime/PROTOCOL.md, where one place says what the rule means. Random
// runs are beside.

const START: Formula = {
  format: FORMULA_FORMAT,
  nodes: {
    price: { block: 'close', name: 'price', args: {} },
    fast: { block: 'sma', name: 'fast', args: { source: { from: 'price' }, timePeriod: 10 } },
    slow: { block: 'sma', name: 'slow', args: { source: { from: 'price' }, timePeriod: 30 } },
  },
};

/** Two people with one formula. What they do before `meet` they do at the same moment. */
function two(order: 'first' | 'last') {
  const base = new Y.Doc();
  fillDocument(base, START, 'Test');
  const [one, other] = replicate(base, 2);
  if (!one || !other) throw new Error('two replicas');
  // Which of two writers of one register stands is decided by their ids: a rule holds for both.
  const [ada, ben] = order === 'first' ? [one, other] : [other, one];
  const nodes = (doc: Y.Doc) => toFormula(doc).formula.nodes;
  return {
    ada,
    ben,
    undo: new Undo(ada, 'ada'),
    does: (doc: Y.Doc, ...edits: Edit[]) => writeEdits(doc, edits, doc === ada ? 'ada' : 'ben'),
    /** What both see once each has what the other did. */
    meet: () => {
      sync(ada, ben);
      expect(toFormula(ada)).toEqual(toFormula(ben));
      return nodes(ada);
    },
  };
}

const set = (id: NodeId, port: string, arg: number): Edit => ({ type: 'setArg', id, port, arg });
const remove = (id: NodeId): Edit => ({ type: 'removeNode', id });
const use = (id: NodeId, of: NodeId): Edit => ({
  type: 'addNode',
  id,
  node: { block: 'sma', name: id, args: { source: { from: of }, timePeriod: 3 } },
});

describe.each(['first', 'last'] as const)('two people at the same moment, client ids %s', (order) => {
  test('two registers of one node: both stand; one register: that of one of the two [G1]', () => {
    const { ada, ben, does, meet } = two(order);
    does(ada, set('fast', 'timePeriod', 11), { type: 'setComment', id: 'fast', comment: 'Quick' });
    does(ben, { type: 'setName', id: 'fast', name: 'quick' });
    expect(meet()['fast']).toMatchObject({ name: 'quick', comment: 'Quick', args: { timePeriod: 11 } });
    does(ada, { type: 'setFlag', id: 'fast', flag: 'spaced', on: true });
    does(ben, { type: 'setComment', id: 'fast', comment: 'Slow' });
    expect(meet()['fast']).toMatchObject({ spaced: true, comment: 'Slow' });
    does(ada, set('fast', 'timePeriod', 12));
    does(ben, set('fast', 'timePeriod', 13));
    expect([12, 13]).toContain(meet()['fast']?.args['timePeriod']);
  });

  test('a change beats a deletion that has not seen it, and the statement comes back with its wires [G2]', () => {
    const { ada, ben, does, meet } = two(order);
    does(ada, use('spread', 'fast'));
    meet();
    does(ada, remove('fast'));
    does(ben, set('fast', 'timePeriod', 11));
    const nodes = meet();
    expect(nodes['fast']?.args).toEqual({ source: { from: 'price' }, timePeriod: 11 });
    expect(nodes['spread']?.args['source']).toEqual({ from: 'fast' });
  });

  test('a node that is used is there, unless its deletion has seen that use [G3]', () => {
    const { ada, ben, does, meet } = two(order);
    does(ada, remove('fast'));
    does(ben, use('calm', 'fast'));
    expect(meet()).toMatchObject({ fast: { name: 'fast' }, calm: { args: { source: { from: 'fast' } } } });
    does(ada, remove('fast'));
    const nodes = meet();
    expect(nodes).not.toHaveProperty('fast');
    expect(nodes['calm']?.args).toEqual({ timePeriod: 3 });
  });

  test('a deletion is taken off by who goes on editing, and stands when it was made after the change was seen [G5]', () => {
    const { ada, ben, does, meet } = two(order);
    does(ada, remove('fast'));
    does(ben, set('fast', 'timePeriod', 11));
    meet();
    does(ben, set('fast', 'timePeriod', 12));
    expect(nodeMap(rootsOf(ben).nodes, 'fast')?.has('deleted')).toBe(false);
    meet();
    does(ada, remove('fast'));
    expect(meet()).not.toHaveProperty('fast');
  });

  test('undo takes back what the person wrote, and nothing that a colleague wrote [G7]', () => {
    const { ada, ben, undo, does, meet } = two(order);
    does(ada, set('fast', 'timePeriod', 11), set('slow', 'timePeriod', 31));
    meet();
    does(ben, set('fast', 'timePeriod', 99));
    meet();
    undo.undo();
    const nodes = meet();
    expect([nodes['fast']?.args['timePeriod'], nodes['slow']?.args['timePeriod']]).toEqual([99, 30]);
  });

  test('a deletion that says nothing of what was seen holds whatever anybody changes [G8]', () => {
    const { ada, ben, does, meet } = two(order);
    nodeMap(rootsOf(ada).nodes, 'fast')?.set('deleted', true);
    does(ben, set('fast', 'timePeriod', 11), use('calm', 'fast'));
    expect(meet()).not.toHaveProperty('fast');
  });

  test('an argument of a block that the node was before says nothing, until the node is that block again [G9]', () => {
    const { ada, ben, does, meet } = two(order);
    does(ada, { type: 'setBlock', id: 'fast', block: 'abs' });
    does(ben, set('fast', 'timePeriod', 11));
    expect(meet()['fast']).toMatchObject({ block: 'abs' });
    expect(meet()['fast']?.args).not.toHaveProperty('timePeriod');
    does(ada, { type: 'setBlock', id: 'fast', block: 'neg' });
    meet();
    does(ada, { type: 'setBlock', id: 'fast', block: 'sma' });
    expect(meet()['fast']?.args).not.toHaveProperty('timePeriod');
  });
});
