import type { NodeId, Point } from '#core/formula/model/formula.ts';
import { around, holds } from './boxes.ts';
import { levelOf } from './level.ts';
import { sightOf } from './near.ts';
import { snapTo, type Guide } from './order.ts';
import type { Box } from './view.ts';

/** Pixels on the screen from which on a node snaps to the line of another. */
const REACH = 5;

/** What of React Flow's state is read. */
interface Drawn {
  readonly nodes: readonly {
    readonly id: NodeId;
    readonly position: Point;
    readonly width?: number | undefined;
    readonly height?: number | undefined;
  }[];
  readonly transform: readonly [number, number, number];
  readonly width: number;
  readonly height: number;
  /** Whether a key is held with which the pointer adds to the selection: then nothing snaps. */
  readonly multiSelectionActive: boolean;
}

/** Nodes that are dragged, in line with those that stand in sight, where the pointer has brought them near enough. */
export function snapDragged(
  { nodes, transform: [x, y, zoom], width, height, multiSelectionActive }: Drawn,
  positions: ReadonlyMap<NodeId, Point>,
): { readonly positions: ReadonlyMap<NodeId, Point>; readonly guides: readonly Guide[] } {
  if (multiSelectionActive || levelOf(zoom) !== 'fields') return { positions, guides: [] };
  const sight = sightOf({ x, y, zoom }, { width, height });
  const dragged: Box[] = [];
  const others: Box[] = [];
  for (const { id, position, width: wide = 0, height: high = 0 } of nodes) {
    const at = positions.get(id);
    const box = { ...(at ?? position), width: wide, height: high };
    if (at) dragged.push(box);
    else if (holds(sight, box)) others.push(box);
  }
  const whole = around(dragged);
  if (!whole) return { positions, guides: [] };
  const { shift, guides } = snapTo(whole, others, REACH / zoom);
  if (shift.x === 0 && shift.y === 0) return { positions, guides };
  return {
    positions: new Map([...positions].map(([id, at]) => [id, { x: at.x + shift.x, y: at.y + shift.y }])),
    guides,
  };
}
