import type { AnnotationId, Area, Frame } from '#core/formula/model/annotations.ts';
import { isRef, type Formula, type NodeId, type Point } from '#core/formula/model/formula.ts';
import { boxOf, type Placed } from '../boxes.ts';
import type { Wire } from '../flow-edges.ts';
import { NODE_WIDTH } from '../node-shape.ts';
import { curve, endsOf } from '../wire-path.ts';

/** A frame whose nodes are folded away, as wide as a node and its margins, and as high as a title. */
const FOLDED = { width: NODE_WIDTH + 48, height: 44 };

/** What a frame covers as it is drawn. */
export const drawnArea = (frame: Frame): Area => (frame.folded ? { x: frame.x, y: frame.y, ...FOLDED } : frame);

/** The nodes that are folded away, each with its frame. */
export function foldedNodes({ frames = {}, nodes }: Formula): ReadonlyMap<NodeId, AnnotationId> {
  const folded = new Map<NodeId, AnnotationId>();
  for (const [frame, { folded: ids = [] }] of Object.entries(frames))
    for (const id of ids) if (Object.hasOwn(nodes, id) && !folded.has(id)) folded.set(id, frame);
  return folded;
}

export const holdsMiddle = (area: Area, { x, y, width, height }: Area): boolean => {
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  return middleX >= area.x && middleX <= area.x + area.width && middleY >= area.y && middleY <= area.y + area.height;
};

/** The nodes that belong to a frame: those folded away in it, or those whose middle it covers. */
export function membersOf(placed: Placed, frame: Frame): readonly NodeId[] {
  const folded = foldedNodes(placed.formula);
  if (frame.folded) return frame.folded.filter((id) => Object.hasOwn(placed.formula.nodes, id));
  return [...placed.places.keys()].filter((id) => {
    const box = boxOf(placed, id);
    return box !== null && !folded.has(id) && holdsMiddle(frame, box);
  });
}

/** The frame with its nodes folded away, or with them in sight again. */
export function foldedOrOpen(placed: Placed, frame: Frame): Frame {
  const { folded, ...open } = frame;
  return folded ? open : { ...open, folded: membersOf(placed, frame) };
}

/** The notes whose middle a frame covers. */
export const notesIn = ({ notes = {} }: Formula, frame: Frame): readonly AnnotationId[] =>
  frame.folded ? [] : Object.keys(notes).filter((id) => notes[id] && holdsMiddle(frame, notes[id]));

/** The wires between what is folded away and what is not, as one path that ends at the frames. */
export function wiresOfFolds(placed: Placed, folded: ReadonlyMap<NodeId, AnnotationId>): string {
  const { nodes, frames = {} } = placed.formula;
  const edgeOf = (id: NodeId, side: 'left' | 'right'): Point | null => {
    const frame = frames[folded.get(id) ?? ''];
    if (!frame) return null;
    const { x, y, width, height } = drawnArea(frame);
    return { x: side === 'left' ? x : x + width, y: y + height / 2 };
  };
  let path = '';
  for (const [node, { args }] of Object.entries(nodes)) {
    for (const [port, arg] of Object.entries(args)) {
      if (!isRef(arg) || folded.get(node) === folded.get(arg.from)) continue;
      const ends = endsOf(placed, { node, port } satisfies Wire);
      if (ends) path += curve(edgeOf(arg.from, 'right') ?? ends[0], edgeOf(node, 'left') ?? ends[1]);
    }
  }
  return path;
}

/** Room around nodes that are framed, at the top for the title. */
const MARGIN = 20;
const TITLE = 34;

/** A frame around boxes. */
export const areaAround = ({ x, y, width, height }: Area): Area => ({
  x: Math.round(x - MARGIN),
  y: Math.round(y - MARGIN - TITLE),
  width: Math.round(width + 2 * MARGIN),
  height: Math.round(height + 2 * MARGIN + TITLE),
});
