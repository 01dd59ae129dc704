import type { AnnotationId, Area, Frame, StickyNote } from '#core/formula/model/annotations.ts';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import { around, boxesOf, boxOf, type Placed } from '../boxes.ts';
import { drawnArea, holdsMiddle, membersOf } from './folds.ts';

/** Frames and notes that go with nodes, by their ids. */
export interface TakenAlong {
  readonly frames: Readonly<Record<AnnotationId, Frame>>;
  readonly notes: Readonly<Record<AnnotationId, StickyNote>>;
}

/**
 * The frames and notes that are copied with nodes: a frame all of whose nodes are among them, and a note that stands
 * between them or in such a frame. `only`: a frame or a note that is meant by itself.
 */
export function takenAlong(placed: Placed, ids: ReadonlySet<NodeId>, only: AnnotationId | null = null): TakenAlong {
  const { frames = {}, notes = {} } = placed.formula;
  const framed = Object.entries(frames).filter(([id, frame]) => {
    const members = membersOf(placed, frame);
    return id === only || (members.length > 0 && members.every((member) => ids.has(member)));
  });
  const shown = [...ids].filter((id) => boxOf(placed, id) !== null);
  const whole = around([...boxesOf(placed, shown), ...framed.map(([, frame]): Area => drawnArea(frame))]);
  return {
    frames: Object.fromEntries(framed),
    notes: Object.fromEntries(
      Object.entries(notes).filter(([id, note]) => id === only || (whole !== null && holdsMiddle(whole, note))),
    ),
  };
}

/** The same, moved. */
export function shiftedBy({ frames, notes }: TakenAlong, { x, y }: Point): TakenAlong {
  const moved = <T extends Area>(all: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(all).map(([id, area]) => [id, { ...area, x: area.x + x, y: area.y + y }]));
  return { frames: moved(frames), notes: moved(notes) };
}
