import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { seen } from './deletion.ts';
import { nodeMap, rootsOf } from './document-roots.ts';
import { livingIn } from './living.ts';
import { itemId } from './register.ts';
import { toFormula } from './to-formula.ts';
import { Undo } from './undo.ts';
import { writeEdits } from './write-edits.ts';

const DEEP = 12_000;

/** `n0` is wired into `n1`, that into `n2` and so on; users first, or last. */
function chain(length: number, usersFirst: boolean): Y.Doc {
  const doc = new Y.Doc();
  const { nodes, args } = rootsOf(doc);
  const indices = Array.from({ length }, (_, i) => (usersFirst ? length - 1 - i : i));
  doc.transact(() => {
    for (const i of indices) {
      nodes.set(
        `n${i}`,
        new Y.Map([
          ['block', 'neg'],
          ['order', 'V'],
        ]),
      );
      if (i > 0) args.set(`n${i}/x`, { from: `n${i - 1}` });
    }
  });
  return doc;
}

const removals = (length: number) => Array.from({ length }, (_, i) => ({ type: 'removeNode' as const, id: `n${i}` }));

describe('however deep a formula is', () => {
  it.each([true, false])('its deletion can be read, users first: %s', (usersFirst) => {
    const doc = chain(DEEP, usersFirst);
    writeEdits(doc, removals(DEEP), 'ada');
    expect(toFormula(doc).formula.nodes).toEqual({});
    rootsOf(doc).args.set('n0/x', 3);
    expect(livingIn(rootsOf(doc)).alive.size).toBe(DEEP);
  });

  it('a wire brings back all that it comes from [G3]', () => {
    const doc = chain(DEEP, false);
    const undo = new Undo(doc, 'ada');
    writeEdits(
      doc,
      [{ type: 'addNode', id: 'u', node: { block: 'neg', args: { x: { from: `n${DEEP - 1}` } } } }],
      'ben',
    );
    writeEdits(doc, [{ type: 'setArg', id: 'u', port: 'x', arg: 3 }], 'ada');
    writeEdits(doc, removals(DEEP), 'ben');
    undo.undo();
    expect(livingIn(rootsOf(doc)).alive.size).toBe(DEEP + 1);
  });
});

/** What a client writes that makes a node and deletes it: one that has seen the node as it is, or not. */
function deletedNode(
  client: number,
  id: string,
  { from, isInline, isChanged }: { from: readonly string[]; isInline: boolean; isChanged: boolean },
): Uint8Array {
  const written = (saw: string): Y.Doc => {
    const doc = new Y.Doc();
    doc.clientID = client;
    doc.transact(() => {
      rootsOf(doc).nodes.set(
        id,
        new Y.Map<unknown>([
          ['block', 'neg'],
          ['order', 'V'],
          ['deleted', { saw, hides: [], isInline }],
        ]),
      );
      from.forEach((source, i) => rootsOf(doc).args.set(`${id}/p${i}`, { from: source }));
    });
    return doc;
  };
  const { nodes, args } = rootsOf(written(''));
  const node = nodeMap(nodes, id);
  const saw = node
    ? seen(
        node,
        [...args.keys()].map((key) => itemId(args, key)),
      )
    : '';
  return Y.encodeStateAsUpdate(written(isChanged ? 'something else' : saw));
}

const IDS = ['a', 'b', 'c', 'd', 'e'];
const about = fc.record({ from: fc.subarray(IDS), isInline: fc.boolean(), isChanged: fc.boolean() });
const inline = { isInline: true, isChanged: false };
/**
 * Two that are written inside of each other, the second of them with something that has changed, and a statement of
 * either.
 */
const CIRCLE = [
  { ...inline, from: ['b'] },
  { ...inline, from: ['a', 'c'] },
  { ...inline, from: [], isChanged: true },
  { ...inline, from: ['a'], isInline: false },
  { ...inline, from: ['b'], isInline: false },
];

it('which nodes are there does not depend on the order in which the changes came, also where wires close a circle', () => {
  const nodes = fc.oneof(fc.constant(CIRCLE), fc.tuple(about, about, about, about, about));
  fc.assert(
    fc.property(nodes, fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (each, order) => {
      const updates = each.map((node, i) => deletedNode(i + 1, IDS[i] ?? '', node));
      const read = (by: readonly number[]): readonly string[] => {
        const doc = new Y.Doc();
        for (const i of by) Y.applyUpdate(doc, updates[i] ?? new Uint8Array());
        return [...livingIn(rootsOf(doc)).alive].sort();
      };
      expect(read(order)).toEqual(read([0, 1, 2, 3, 4]));
    }),
    { numRuns: 200 },
  );
});
