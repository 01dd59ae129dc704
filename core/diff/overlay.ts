import { sameArg } from '#core/formula/language/statements.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import type { Change } from './diff.ts';

/** How a node differs; a node that only stands elsewhere on the canvas is `moved`. */
export type NodeMark = 'added' | 'removed' | 'changed' | 'moved';

/** What an argument said and says, as code; undefined where there was, or is, nothing. */
export interface ArgumentChange {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A wire by the argument that it is. */
export interface WireAt {
  readonly node: NodeId;
  readonly port: string;
}

/** Two formulas as one, for one canvas. */
export interface Overlay {
  /** All nodes of the second, and those of the first that are gone. */
  readonly formula: Formula;
  readonly marks: ReadonlyMap<NodeId, NodeMark>;
  /** Arguments that say something else, by node and port. */
  readonly fields: ReadonlyMap<NodeId, ReadonlyMap<string, ArgumentChange>>;
  /** Wires of the second formula that the first has not, and the other way round. */
  readonly added: readonly WireAt[];
  readonly removed: readonly WireAt[];
}

interface Compared {
  readonly before: Formula;
  /** With the ids that its nodes have in `before`. */
  readonly after: Formula;
  /** What `diff` says of the two. */
  readonly changes: readonly Change[];
}

/** The differences by node, argument and wire. Time grows with the size of both formulas. */
export function overlayOf({ before, after, changes }: Compared): Overlay {
  const gone = Object.entries(before.nodes).filter(([id]) => nodeOf(after, id) === undefined);
  const layout = { ...placesOf(before, gone), ...after.layout };
  const formula: Formula = { ...after, nodes: { ...after.nodes, ...Object.fromEntries(gone) }, layout };
  return { formula, ...marksOf({ before, after, changes }), ...wiresOf(before, after) };
}

const placesOf = ({ layout = {} }: Formula, nodes: readonly (readonly [NodeId, FormulaNode])[]) =>
  Object.fromEntries(
    nodes.flatMap(([id]) => {
      const place = layout[id];
      return place ? [[id, place] as const] : [];
    }),
  );

function marksOf({ before, after, changes }: Compared): Pick<Overlay, 'marks' | 'fields'> {
  const marks = new Map<NodeId, NodeMark>();
  const fields = new Map<NodeId, Map<string, ArgumentChange>>();
  for (const change of changes) {
    if (change.kind === 'moved') for (const id of change.ids) marks.set(id, 'moved');
    if ('path' in change) {
      // What says something else as a whole is told where it is used.
      const { id, port } = change.path.findLast((each) => each.port !== undefined) ?? {
        id: change.id,
        port: undefined,
      };
      if (port !== undefined) {
        marks.set(id, 'changed');
        const ofNode = fields.get(id) ?? new Map<string, ArgumentChange>();
        fields.set(id, ofNode.set(port, { before: change.before, after: change.after }));
      }
    }
  }
  for (const change of changes)
    if (change.kind !== 'moved') for (const id of nodesOfChange(change)) marks.set(id, 'changed');
  for (const id of Object.keys(before.nodes)) if (nodeOf(after, id) === undefined) marks.set(id, 'removed');
  for (const id of Object.keys(after.nodes)) if (nodeOf(before, id) === undefined) marks.set(id, 'added');
  return { marks, fields };
}

/** The nodes that a change is about, on the canvas: of an argument written inside a statement, the node that has it. */
export function nodesOfChange(change: Change): readonly NodeId[] {
  if ('path' in change) return [change.path.at(-1)?.id ?? change.id];
  if (change.kind === 'moved') return change.ids;
  return 'id' in change ? [change.id] : [];
}

function wiresOf(before: Formula, after: Formula): Pick<Overlay, 'added' | 'removed'> {
  return { added: [...wiresOnlyIn(after, before)], removed: [...wiresOnlyIn(before, after)] };
}

function* wiresOnlyIn(formula: Formula, other: Formula): Generator<WireAt> {
  for (const [node, { args }] of Object.entries(formula.nodes))
    for (const [port, arg] of Object.entries(args))
      if (isRef(arg) && !isSameWire(arg, nodeOf(other, node)?.args[port])) yield { node, port };
}

const isSameWire = (arg: Arg, other: Arg | undefined): boolean => isRef(other) && sameArg(arg, other);
