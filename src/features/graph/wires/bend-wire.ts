import { ownerOf, rootsOf } from '#core/formula/chains/chain.ts';
import { MOST_BENDS, splitWireKey, wireKey } from '#core/formula/model/bends.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { argOf, isRef, nodeOf, type NodeId, type Point } from '#core/formula/model/formula.ts';
import { bendsIn } from '../bends-in.ts';
import type { Placed } from '../boxes.ts';
import type { Wire } from '../flow-edges.ts';
import { writtenOf } from '../scope-view.ts';
import { pointsOf, wireIn, type Cubic } from '../wire-path.ts';
import { distanceTo } from './wires-at.ts';

/** Leads a wire that is drawn through these points. */
export function bendsEdit({ node, port }: Wire, bends: readonly Point[]): Edit {
  const owner = ownerOf(node, port);
  const points = bends.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
  return { type: 'setBends', id: wireKey(owner.id, owner.port), bends: points.length > 0 ? points : null };
}

interface Bent {
  readonly edit: Edit;
  /** The place of the new bend among those of the wire. */
  readonly index: number;
}

/** Farther from the wire than this, a place is not meant. */
const REACH = 24;

/**
 * A bend more: where the wire passes `at`, or else in the middle of its longest piece. Null of a wire that is not
 * drawn, or that has as many as it may have.
 */
export function withBend(placed: Placed, wire: Wire, at: Point | null = null): Bent | null {
  const [cubics, bends] = [wireIn(placed, wire), bendsIn(placed.formula, wire)];
  if (!cubics || bends.length >= MOST_BENDS) return null;
  const near = at && nearest(cubics, at);
  const index = near && near.distance <= REACH ? near.index : longest(cubics);
  const middle = pointsOf(cubics[index] ?? [ORIGIN, ORIGIN, ORIGIN, ORIGIN])[8] ?? ORIGIN;
  const point = near && near.distance <= REACH && at ? at : middle;
  return { edit: bendsEdit(wire, bends.toSpliced(index, 0, point)), index };
}

const ORIGIN: Point = { x: 0, y: 0 };

function nearest(cubics: readonly Cubic[], at: Point): { readonly index: number; readonly distance: number } {
  const distances = cubics.map((cubic) => {
    const points = pointsOf(cubic);
    return Math.min(...points.map((point, index) => distanceTo(at, point, points[index + 1] ?? point)));
  });
  const distance = Math.min(...distances);
  return { index: distances.indexOf(distance), distance };
}

function longest(cubics: readonly Cubic[]): number {
  const lengths = cubics.map(([start, , , end]) => Math.hypot(end.x - start.x, end.y - start.y));
  return lengths.indexOf(Math.max(...lengths));
}

/** The bends of wires both of whose ends are moved by the same way go along. */
export function carriedBends(placed: Placed, positions: ReadonlyMap<NodeId, Point>): readonly Edit[] {
  return bentWires(placed).flatMap(({ key, source, target, bends }): Edit[] => {
    const [shift, other] = [shiftOf(placed, positions, target), shiftOf(placed, positions, source)];
    if (!shift || !other || shift.x !== other.x || shift.y !== other.y) return [];
    return [{ type: 'setBends', id: key, bends: bends.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y })) }];
  });
}

/** Takes the bends away of wires among these nodes: a layout leads the wires anew. */
export const straightenedAmong = (placed: Placed, ids: ReadonlySet<NodeId>): readonly Edit[] =>
  bentWires(placed).flatMap(({ key, source, target }): Edit[] =>
    ids.has(source) && ids.has(target) ? [{ type: 'setBends', id: key, bends: null }] : [],
  );

function shiftOf({ places }: Placed, positions: ReadonlyMap<NodeId, Point>, id: NodeId): Point | null {
  const [before, after] = [places.get(id), positions.get(id)];
  return before && after ? { x: Math.round(after.x) - before.x, y: Math.round(after.y) - before.y } : null;
}

interface BentWire {
  readonly key: string;
  /** The nodes that are drawn for what the wire comes from and enters. */
  readonly source: NodeId;
  readonly target: NodeId;
  readonly bends: readonly Point[];
}

function bentWires({ formula }: Placed): readonly BentWire[] {
  const { bends } = formula;
  if (!bends) return [];
  const whole = writtenOf(formula);
  const roots = rootsOf(whole);
  const drawn = (id: NodeId): NodeId => roots.get(id) ?? id;
  return Object.entries(bends).flatMap(([key, points]): BentWire[] => {
    const { node: id, port } = splitWireKey(key);
    const node = nodeOf(whole, id);
    const arg = node && argOf(node, port);
    return isRef(arg) ? [{ key, source: drawn(arg.from), target: drawn(id), bends: points }] : [];
  });
}
