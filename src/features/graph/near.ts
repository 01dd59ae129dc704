import { isRef, type NodeId, type Point } from '#core/formula/model/formula.ts';
import { bendsIn } from './bends-in.ts';
import { around, boxOf, holds, overlap, type Placed } from './boxes.ts';
import type { Wire } from './flow-edges.ts';
import type { Level } from './level.ts';
import type { Box, Size, Viewport } from './view.ts';

/** The part of the graph that is in sight. */
export const sightOf = ({ x, y, zoom }: Viewport, { width, height }: Size): Box => ({
  x: -x / zoom,
  y: -y / zoom,
  width: width / zoom,
  height: height / zoom,
});

/**
 * Of the width and height in sight: what is kept ready on each side, so that few moves of the view need other nodes.
 */
const MARGIN = 0.4;

/**
 * The part of the graph that is kept ready: the same as before, as long as that holds what is in sight and is not much
 * larger.
 */
export function windowFor(before: Box | null, sight: Box): Box | null {
  if (sight.width === 0 || sight.height === 0) return null;
  if (before && holds(before, sight) && before.width <= sight.width * (1 + 4 * MARGIN)) return before;
  return {
    x: sight.x - sight.width * MARGIN,
    y: sight.y - sight.height * MARGIN,
    width: sight.width * (1 + 2 * MARGIN),
    height: sight.height * (1 + 2 * MARGIN),
  };
}

/**
 * What of a graph is near enough to be given to React Flow, which goes over all that it has at each move of the
 * pointer.
 */
export interface Near {
  /** In the order of the formula. */
  readonly nodes: readonly NodeId[];
  readonly wires: readonly Wire[];
  /** Wires that nobody can tell apart any more, drawn as one picture. */
  readonly pictured: readonly Wire[];
  /** Whether the nodes are drawn as one picture, too; those of `kept` on top of it. */
  readonly isPicture: boolean;
}

/** From so many nodes on, those that show nothing but their colour are drawn as a picture. */
const MOST_NODES_APART = 400;

/** From so many on, wires are drawn as a picture, but those at the nodes of `kept`. */
export const MOST_WIRES = 300;

const NOTHING: Near = { nodes: [], wires: [], pictured: [], isPicture: false };

const NONE_FOLDED: ReadonlySet<NodeId> = new Set();

interface Wish {
  readonly window: Box | null;
  /** What somebody holds: never taken out of their hand, wherever it is. */
  readonly kept: ReadonlySet<NodeId>;
  readonly level: Level;
  /** Nodes that are folded away: neither they nor their wires are drawn. */
  readonly folded?: Pick<ReadonlyMap<NodeId, unknown>, 'has'>;
}

/** Nodes and wires that touch the window, and those that are kept. */
export function nearOf(placed: Placed, { window, kept: wanted, level, folded = NONE_FOLDED }: Wish): Near {
  if (window === null) return NOTHING;
  const kept = new Set([...wanted].filter((id) => !folded.has(id)));
  const inSight = new Set<NodeId>();
  const boxes = new Map<NodeId, Box>();
  const ids = Object.keys(placed.formula.nodes).filter((id) => !folded.has(id));
  for (const id of ids) {
    const box = boxOf(placed, id);
    if (!box) continue;
    boxes.set(id, box);
    if (overlap(box, window)) inSight.add(id);
  }
  const isPicture = level === 'colours' && inSight.size > MOST_NODES_APART;
  const near = new Set<NodeId>(isPicture ? kept : [...inSight, ...kept]);
  const touching = ids.flatMap((id) =>
    wiresInto(placed, id).filter((wire) =>
      touches(boxes, { ...wire, bends: bendsIn(placed.formula, wire) }, { window, kept }),
    ),
  );
  const isCrowded = isPicture || touching.length > MOST_WIRES;
  const isHeld = ({ node, from }: WireFrom): boolean => kept.has(node) || kept.has(from);
  const wires = isCrowded ? touching.filter(isHeld) : touching;
  for (const { node, from } of wires) {
    near.add(node);
    near.add(from);
  }
  return {
    nodes: ids.filter((id) => near.has(id)),
    wires,
    pictured: isCrowded ? touching.filter((wire) => !isHeld(wire)) : [],
    isPicture,
  };
}

interface WireFrom extends Wire {
  readonly from: NodeId;
}

function wiresInto({ formula }: Placed, node: NodeId): WireFrom[] {
  const wires: WireFrom[] = [];
  const args = formula.nodes[node]?.args ?? {};
  for (const port in args) {
    const arg = args[port];
    if (isRef(arg)) wires.push({ node, port, from: arg.from });
  }
  return wires;
}

interface Wanted {
  readonly window: Box;
  readonly kept: ReadonlySet<NodeId>;
}

interface LedWire extends WireFrom {
  readonly bends: readonly Point[];
}

function touches(boxes: ReadonlyMap<NodeId, Box>, { node, from, bends }: LedWire, { window, kept }: Wanted): boolean {
  const [start, end] = [boxes.get(from), boxes.get(node)];
  if (!start || !end) return false;
  if (kept.has(node) || kept.has(from)) return true;
  const points = bends.map(({ x, y }): Box => ({ x, y, width: 0, height: 0 }));
  const box = around([start, end, ...points]);
  return box !== null && overlap(box, window);
}
