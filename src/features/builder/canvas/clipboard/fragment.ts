import { isBareName } from '#core/formula/blocks/catalogue.ts';
import { FreeNames } from '#core/formula/language/free-names.ts';
import { CALLEE } from '#core/formula/language/functions.ts';
import { statementsOf } from '#core/formula/language/statements.ts';
import { MOST_ANNOTATIONS, type Area } from '#core/formula/model/annotations.ts';
import { splitWireKey, wireKey } from '#core/formula/model/bends.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import {
  isRef,
  nodeOf,
  type Arg,
  type Formula,
  type FormulaNode,
  type NodeId,
  type Point,
} from '#core/formula/model/formula.ts';
import { newNodeId } from '#core/formula/model/node-id.ts';

/** A node outside of a fragment to which the fragment is wired: found again by its id, or else by its name. */
export interface Outer {
  readonly block: string;
  readonly name?: string | undefined;
}

/** Nodes taken out of a formula, to be put into that one or another. */
export interface Fragment {
  readonly nodes: Readonly<Record<NodeId, FormulaNode>>;
  readonly layout: Readonly<Record<NodeId, Point>>;
  readonly outer: Readonly<Record<NodeId, Outer>>;
  /** Frames and notes that go with the nodes, where these stand. */
  readonly frames?: Formula['frames'];
  readonly notes?: Formula['notes'];
  /** The points that wires among the nodes are led through, where these stand. */
  readonly bends?: Formula['bends'];
}

/** The nodes of those ids, in the order of the formula. `places`: where each stands on the canvas. */
export function fragmentOf(formula: Formula, ids: ReadonlySet<NodeId>, places: ReadonlyMap<NodeId, Point>): Fragment {
  const nodes = Object.entries(formula.nodes).filter(([id]) => ids.has(id));
  const { names } = statementsOf(formula);
  const outer = nodes.flatMap(([, node]) =>
    Object.values(node.args).flatMap((arg): [NodeId, Outer][] => {
      const source = isRef(arg) && !ids.has(arg.from) ? nodeOf(formula, arg.from) : undefined;
      return isRef(arg) && source ? [[arg.from, { block: source.block, name: names.get(arg.from) }]] : [];
    }),
  );
  return {
    nodes: Object.fromEntries(nodes),
    layout: Object.fromEntries(nodes.flatMap(([id]) => (places.has(id) ? [[id, places.get(id) ?? ORIGIN]] : []))),
    outer: Object.fromEntries(outer),
    ...innerBends(formula, ids),
  };
}

/** Of the wires both of whose ends are among these nodes. */
function innerBends({ nodes, bends = {} }: Formula, ids: ReadonlySet<NodeId>): Pick<Fragment, 'bends'> {
  const inner = Object.entries(bends).filter(([key]) => {
    const { node, port } = splitWireKey(key);
    const arg = nodes[node]?.args[port];
    return ids.has(node) && isRef(arg) && ids.has(arg.from);
  });
  return inner.length > 0 ? { bends: Object.fromEntries(inner) } : {};
}

/** The bends of a fragment, moved. */
export const bendsShiftedBy = ({ bends }: Fragment, shift: Point): Pick<Fragment, 'bends'> =>
  bends
    ? {
        bends: Object.fromEntries(
          Object.entries(bends).map(([key, points]) => [
            key,
            points.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y })),
          ]),
        ),
      }
    : {};

const ORIGIN: Point = { x: 0, y: 0 };

/** Whether a node is a part of a function that code names in the head or behind `return`. */
export const isFunctionPart = ({ block }: FormulaNode): boolean => block === 'param' || block === 'result';

/**
 * What of a fragment has a place there: parameters and results belong into a function, and a call needs the function
 * that is called. What else there is keeps its wires among itself.
 */
export function fittingPart(formula: Formula, fragment: Fragment, scope: NodeId | null): Fragment {
  const byName = new Map([...statementsOf(formula).names].map(([id, name]) => [name, id]));
  const hasPlace = (node: FormulaNode): boolean => {
    const callee = node.block === 'call' ? node.args[CALLEE] : undefined;
    if (isRef(callee)) return outerOf(formula, byName, callee.from, fragment.outer[callee.from]) !== undefined;
    return scope !== null || !isFunctionPart(node);
  };
  return {
    ...fragment,
    nodes: Object.fromEntries(Object.entries(fragment.nodes).filter(([, node]) => hasPlace(node))),
  };
}

interface Pasted {
  readonly ids: readonly NodeId[];
  readonly edits: readonly Edit[];
  /** How many wires have no source here, and are left out. */
  readonly lost: number;
}

/**
 * Puts a fragment into a formula: with ids of its own, names that are free, the wires among its nodes, and those from
 * nodes outside that are there. Prices and their like, which say the same everywhere, are brought along. The corner of
 * the nodes, top and left, is put at `at`.
 */
export function pasteFragment(
  formula: Formula,
  fragment: Fragment,
  at: Point,
  random: () => number = Math.random,
): Pasted {
  const ids = new Map(Object.keys(fragment.nodes).map((id) => [id, newNodeId(random)]));
  const { names } = statementsOf(formula);
  const byName = new Map([...names].map(([id, name]) => [name, id]));
  const taken = new Set(byName.keys());
  const free = new FreeNames([...taken, ...Object.values(fragment.nodes).map(({ name }) => name)]);
  const corner = cornerOfFragment(fragment);
  const adding: Edit[] = [];
  const wiring: Edit[] = [];
  const bare = new Map(
    Object.entries(formula.nodes)
      .filter(([, { block }]) => isBareName(block))
      .map(([id, { block }]) => [block, id]),
  );
  const bareOf = (block: string): NodeId => {
    const id = bare.get(block) ?? newNodeId(random);
    if (!bare.has(block)) adding.push({ type: 'addNode', id, node: { block, args: {} } });
    bare.set(block, id);
    return id;
  };
  const sourceOf = (from: NodeId): NodeId | undefined => {
    const outer = fragment.outer[from];
    return (
      ids.get(from) ??
      outerOf(formula, byName, from, outer) ??
      (outer && isBareName(outer.block) ? bareOf(outer.block) : undefined)
    );
  };
  let lost = 0;
  for (const [old, { name, args, ...node }] of Object.entries(fragment.nodes)) {
    const id = ids.get(old) ?? old;
    const place = fragment.layout[old];
    const own = name === undefined || !taken.has(name) ? name : free.take(name.replace(/\d+$/, ''));
    adding.push({
      type: 'addNode',
      id,
      node: { ...node, ...(own === undefined ? {} : { name: own }), args: {} },
      ...(place ? { at: { x: Math.round(at.x + place.x - corner.x), y: Math.round(at.y + place.y - corner.y) } } : {}),
    });
    for (const [port, arg] of Object.entries(args)) {
      const wired = rewired(arg, sourceOf);
      if (wired === undefined) lost += 1;
      else wiring.push({ type: 'setArg', id, port, arg: wired });
    }
  }
  const shift = { x: Math.round(at.x - corner.x), y: Math.round(at.y - corner.y) };
  const bending = Object.entries(fragment.bends ?? {}).flatMap(([key, bends]): Edit[] => {
    const { node, port } = splitWireKey(key);
    const id = ids.get(node);
    const moved = bends.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y }));
    return id === undefined ? [] : [{ type: 'setBends', id: wireKey(id, port), bends: moved }];
  });
  const annotating = pastedAnnotations(formula, fragment, {
    shift,
    idOf: (id) => ids.get(id),
    newId: () => newNodeId(random),
  });
  return { ids: [...ids.values()], edits: [...adding, ...wiring, ...bending, ...annotating], lost };
}

interface Pasting {
  readonly shift: Point;
  readonly idOf: (id: NodeId) => NodeId | undefined;
  readonly newId: () => NodeId;
}

/** As many frames and notes as have room, with ids of their own. */
function pastedAnnotations(formula: Formula, fragment: Fragment, { shift, idOf, newId }: Pasting): readonly Edit[] {
  const room = (all: object = {}): number => MOST_ANNOTATIONS - Object.keys(all).length;
  const moved = <T extends Area>(area: T): T => ({ ...area, x: area.x + shift.x, y: area.y + shift.y });
  return [
    ...Object.values(fragment.frames ?? {})
      .slice(0, room(formula.frames))
      .map(({ folded, ...frame }): Edit => ({
        type: 'setFrame',
        id: newId(),
        frame: { ...moved(frame), ...(folded ? { folded: folded.flatMap((id) => idOf(id) ?? []) } : {}) },
      })),
    ...Object.values(fragment.notes ?? {})
      .slice(0, room(formula.notes))
      .map((note): Edit => ({ type: 'setNote', id: newId(), note: moved(note) })),
  ];
}

function rewired(arg: Arg, sourceOf: (from: NodeId) => NodeId | undefined): Arg | undefined {
  if (!isRef(arg)) return arg;
  const from = sourceOf(arg.from);
  return from === undefined ? undefined : { ...arg, from };
}

/** Where a wire from outside comes from in another formula; the block must be the same, for its outputs to be. */
function outerOf(
  formula: Formula,
  byName: ReadonlyMap<string, NodeId>,
  from: NodeId,
  outer: Outer | undefined,
): NodeId | undefined {
  const candidates = [from, outer?.name === undefined ? undefined : byName.get(outer.name)];
  return outer && candidates.find((id) => id !== undefined && nodeOf(formula, id)?.block === outer.block);
}

/** Left and top of its nodes; of one without nodes, of its frames and notes. */
export function cornerOfFragment({ layout, frames = {}, notes = {} }: Fragment): Point {
  const places = Object.values(layout);
  return cornerOf(places.length > 0 ? places : [...Object.values(frames), ...Object.values(notes)]);
}

/** Of all these, left and top. */
export function cornerOf(points: readonly Point[]): Point {
  return points.reduce(
    (corner, { x, y }) => ({ x: Math.min(corner.x, x), y: Math.min(corner.y, y) }),
    points[0] ?? ORIGIN,
  );
}
