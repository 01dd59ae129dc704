'use client';
import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import type { AnnotationId, Frame } from '#core/formula/model/annotations.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import type { Placed } from '../boxes.ts';
import type { GraphGestures } from '../context.ts';
import { carriedBends } from '../wires/bend-wire.ts';
import { foldedNodes, foldedOrOpen, membersOf, notesIn, wiresOfFolds } from './folds.ts';
import { FrameView } from './frame-view.tsx';
import { NoteView } from './note-view.tsx';

interface AnnotationsProps {
  readonly placed: Placed;
  readonly gestures: GraphGestures | undefined;
  /** Where nodes are while their frame is moved; null once that has ended. */
  readonly onDrag: (places: ReadonlyMap<NodeId, Point> | null) => void;
  readonly onFocus: () => void;
}

/** Frames and notes, behind the nodes. */
export const Annotations = memo(function Annotations({ placed, gestures, onDrag, onFocus }: AnnotationsProps) {
  const { frames = {}, notes = {} } = placed.formula;
  const folded = useMemo(() => foldedNodes(placed.formula), [placed]);
  const path = useMemo(() => (folded.size === 0 ? '' : wiresOfFolds(placed, folded)), [placed, folded]);
  const members = useMemo(
    () => new Map(Object.entries(placed.formula.frames ?? {}).map(([id, frame]) => [id, membersOf(placed, frame)])),
    [placed],
  );
  if (Object.keys(frames).length + Object.keys(notes).length === 0) return null;
  const shifted = (id: AnnotationId, { x, y }: Point): ReadonlyMap<NodeId, Point> =>
    new Map(
      (members.get(id) ?? []).flatMap((node): [NodeId, Point][] => {
        const at = placed.places.get(node);
        return at ? [[node, { x: Math.round(at.x + x), y: Math.round(at.y + y) }]] : [];
      }),
    );
  const set = (id: AnnotationId, frame: Frame | null) => gestures?.edit([{ type: 'setFrame', id, frame }]);
  const moved = (id: AnnotationId, frame: Frame, shift: Point, gesture?: object): void => {
    const edits: Edit[] = [
      { type: 'setFrame', id, frame: { ...frame, x: frame.x + shift.x, y: frame.y + shift.y } },
      ...[...shifted(id, shift)].map(([node, at]): Edit => ({ type: 'moveNode', id: node, at })),
      ...carriedBends(placed, shifted(id, shift)),
      ...notesIn(placed.formula, frame).flatMap((note): Edit[] => {
        const is = notes[note];
        return is ? [{ type: 'setNote', id: note, note: { ...is, x: is.x + shift.x, y: is.y + shift.y } }] : [];
      }),
    ];
    gestures?.edit(edits, gesture);
    onDrag(null);
  };
  const fold = (id: AnnotationId, frame: Frame): void => set(id, foldedOrOpen(placed, frame));
  return (
    <ViewportPortal>
      <div className="absolute -z-10 size-px" data-testid="annotations">
        {path === '' ? null : (
          <svg aria-hidden className="pointer-events-none absolute size-px overflow-visible">
            <path d={path} fill="none" stroke="var(--thread-8)" strokeOpacity={0.75} strokeWidth={1.5} />
          </svg>
        )}
        {Object.entries(frames).map(([id, frame]) => (
          <FrameView
            key={id}
            id={id}
            frame={frame}
            memberCount={members.get(id)?.length ?? 0}
            canEdit={gestures !== undefined}
            onMove={(shift) => onDrag(shifted(id, shift))}
            onMoved={(shift, gesture) => moved(id, frame, shift, gesture)}
            onCancel={() => onDrag(null)}
            onChange={(next) => set(id, next)}
            onFold={() => fold(id, frame)}
            onFocus={onFocus}
          />
        ))}
        {Object.entries(notes).map(([id, note]) => (
          <NoteView
            key={id}
            id={id}
            note={note}
            canEdit={gestures !== undefined}
            onChange={(next, gesture) => gestures?.edit([{ type: 'setNote', id, note: next }], gesture)}
            onFocus={onFocus}
          />
        ))}
      </div>
    </ViewportPortal>
  );
});
