import fc from 'fast-check';
import { findBlock, findPort } from '#core/formula/blocks/catalogue.ts';
import { ANNOTATION_COLORS, type Frame, type StickyNote } from '#core/formula/model/annotations.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { FLAGS, FORMULA_FORMAT, isRef, type Arg, type Formula, type FormulaNode } from '#core/formula/model/formula.ts';

// Few ids, ports and names, so that random edits meet.
const id = fc.constantFrom('a', 'b', 'c', 'd-e', 'f', 'constructor');
const port = fc.constantFrom('source', 'timePeriod', 'x', 'period');
const name = fc.constantFrom('fast', 'slow', 'slow_2', 'enter');
const text = fc.constantFrom('', 'why', 'two\nlines', 'ünïcode 🧵');
const block = fc.constantFrom('sma', 'close', 'crossover', 'buy');
const point = fc.record({
  x: fc.integer({ min: -500, max: 500 }),
  y: fc.double({ noNaN: true, noDefaultInfinity: true }),
});

const scalar = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constantFrom('50%', 'sma'),
);
const arg: fc.Arbitrary<Arg> = fc.oneof(
  scalar,
  fc.constant(null),
  fc.array(scalar, { maxLength: 3 }),
  fc.record({ from: id, output: fc.constantFrom('upper', 'lower') }, { requiredKeys: ['from'] }),
);
const args = fc.dictionary(port, arg, { maxKeys: 3 }).map((entries) => ({ ...entries }));
const words = fc.constantFrom({ timePeriod: 'length' }, { timePeriod: 'period', source: 'src' });
const node: fc.Arbitrary<FormulaNode> = fc.record(
  { block, args, name, comment: text, spaced: fc.constant(true as const), words },
  { requiredKeys: ['block', 'args'] },
);

const dictionary = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc
    .uniqueArray(fc.tuple(id, value), { selector: ([key]) => key, maxLength: 6 })
    .map((entries) => Object.fromEntries(entries));

const area = {
  x: fc.integer({ min: -500, max: 500 }),
  y: fc.integer({ min: -500, max: 500 }),
  width: fc.integer({ min: 1, max: 900 }),
  height: fc.integer({ min: 1, max: 900 }),
};
const color = fc.constantFrom(...ANNOTATION_COLORS);
const frame: fc.Arbitrary<Frame> = fc.record(
  {
    ...area,
    title: fc.constantFrom('', 'Entry', 'ünïcode 🧵'),
    color,
    folded: fc.uniqueArray(id, { maxLength: 3 }),
    in: id,
  },
  { requiredKeys: ['x', 'y', 'width', 'height', 'title', 'color'] },
);
const note: fc.Arbitrary<StickyNote> = fc.record(
  { ...area, text, color, in: id },
  { requiredKeys: ['x', 'y', 'width', 'height', 'text', 'color'] },
);

/** Any formula at all: cycles, wires from nowhere and names given twice included. */
export const anyFormula: fc.Arbitrary<Formula> = fc
  .record({
    nodes: dictionary(node),
    points: dictionary(point),
    epilogue: fc.option(text),
    frames: dictionary(frame),
    notes: dictionary(note),
  })
  .map(({ nodes, points, epilogue, frames, notes }) => {
    const layout = Object.fromEntries(Object.entries(points).filter(([key]) => Object.hasOwn(nodes, key)));
    return {
      format: FORMULA_FORMAT,
      nodes,
      ...(Object.keys(layout).length > 0 ? { layout } : {}),
      ...(epilogue === null ? {} : { epilogue }),
      ...(Object.keys(frames).length > 0 ? { frames } : {}),
      ...(Object.keys(notes).length > 0 ? { notes } : {}),
    };
  });

/** Any edit, of nodes that are there or not. */
export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record(
    { type: fc.constant('addNode' as const), id, node, at: point, after: fc.option(id) },
    { requiredKeys: ['type', 'id', 'node'] },
  ),
  fc.record({ type: fc.constant('removeNode' as const), id }),
  fc.record({ type: fc.constant('setBlock' as const), id, block }),
  fc.record({ type: fc.constant('setName' as const), id, name: fc.option(name) }),
  fc.record({ type: fc.constant('setComment' as const), id, comment: fc.option(text) }),
  fc.record({ type: fc.constant('setFlag' as const), id, flag: fc.constantFrom(...FLAGS), on: fc.boolean() }),
  fc.record({ type: fc.constant('setWords' as const), id, words: fc.option(words) }),
  fc.record({ type: fc.constant('setArg' as const), id, port, arg }),
  fc.record({ type: fc.constant('clearArg' as const), id, port }),
  fc.record({ type: fc.constant('reorder' as const), id, after: fc.option(id) }),
  fc.record({ type: fc.constant('moveNode' as const), id, at: point }),
  fc.record({ type: fc.constant('setEpilogue' as const), epilogue: fc.option(text) }),
  fc.record({ type: fc.constant('setFrame' as const), id, frame: fc.option(frame) }),
  fc.record({ type: fc.constant('setNote' as const), id, note: fc.option(note) }),
);

/**
 * Without those that wire to what is not there, or delete it: a person can't, and a wire to a deleted node brings the
 * node back.
 */
export function connected(formula: Formula, edits: readonly Edit[]): readonly Edit[] {
  const there = new Set(Object.keys(formula.nodes));
  return edits.filter((edit) => {
    const args = edit.type === 'setArg' ? [edit.arg] : edit.type === 'addNode' ? Object.values(edit.node.args) : [];
    if (!args.every((arg) => !isRef(arg) || there.has(arg.from))) return false;
    if (edit.type === 'addNode') there.add(edit.id);
    return edit.type !== 'removeNode' || there.delete(edit.id);
  });
}

/**
 * Without the arguments that a known block has no port for: once a node has been given another block, the document does
 * not show them.
 */
export function withoutStrays(formula: Formula): Formula {
  const fits = ({ block }: FormulaNode, port: string): boolean => {
    const known = findBlock(block);
    return known === undefined || findPort(known, port) !== undefined;
  };
  const kept = (one: FormulaNode): FormulaNode => ({
    ...one,
    args: Object.fromEntries(Object.entries(one.args).filter(([name]) => fits(one, name))),
  });
  return { ...formula, nodes: Object.fromEntries(Object.entries(formula.nodes).map(([key, one]) => [key, kept(one)])) };
}
