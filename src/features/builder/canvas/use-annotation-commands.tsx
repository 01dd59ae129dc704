'use client';
import { ChevronsDownUp, Copy, Group, Palette, PencilLine, StickyNote as NoteIcon, Trash2 } from 'lucide-react';
import { useMemo, type RefObject } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { MOST_ANNOTATIONS, type AnnotationId, type Area } from '#core/formula/model/annotations.ts';
import type { Point } from '#core/formula/model/formula.ts';
import { newNodeId } from '#core/formula/model/node-id.ts';
import { areaAround, around, boxesOf, foldedOrOpen, nextColor, useGraphView } from '#features/graph/index.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { drawnIn, useOpenFunction } from '../functions/index.ts';
import { useFormulaSession } from '../session/use-session.ts';

const EMPTY_FRAME = { width: 360, height: 220 };
const NOTE = { width: 200, height: 120 };

interface AnnotationCommandsOptions {
  readonly pointer: () => Point | null;
  /** The frame or note at which a menu is open. */
  readonly annotation: RefObject<AnnotationId | null>;
  readonly duplicate: (only: AnnotationId) => void;
}

/** Frames and notes by the palette, keys and menus. What is new is named, or written, at once. */
export function useAnnotationCommands({ pointer, annotation, duplicate }: AnnotationCommandsOptions): void {
  const { scope } = useOpenFunction();
  const session = useFormulaSession();
  const view = useGraphView();
  useCommands(
    useMemo((): readonly Command[] => {
      const canEdit = () => session.status().canEdit;
      const placeFor = ({ width, height }: Pick<Area, 'width' | 'height'>): Area => {
        const [size, corner, at] = [view.size(), view.corner(), pointer()];
        const { x, y } = view.placeAt(at ?? { x: corner.x + size.width / 2, y: corner.y + size.height / 2 });
        return { x: Math.round(at ? x : x - width / 2), y: Math.round(at ? y : y - height / 2), width, height };
      };
      const hasRoom = (what: 'frames' | 'notes'): boolean => {
        const isFull = Object.keys(session.snapshot().formula[what] ?? {}).length >= MOST_ANNOTATIONS;
        if (isFull) toast.error(`There are ${MOST_ANNOTATIONS} ${what} already`, { description: 'Delete one first.' });
        return !isFull;
      };
      return [
        {
          id: 'frame.add',
          title: 'Frame the selection',
          group: 'Strategy',
          icon: <Group />,
          shortcut: 'mod+g',
          menus: ['canvas', 'node'],
          keywords: ['group', 'comment', 'box', 'backdrop', 'collapse'],
          when: canEdit,
          run: () => {
            if (!hasRoom('frames')) return;
            const box = around(boxesOf(view.placed(), session.snapshot().selection));
            const area = box ? areaAround(box) : placeFor(EMPTY_FRAME);
            const id = newNodeId(Math.random);
            session.edit([{ type: 'setFrame', id, frame: drawnIn({ ...area, title: '', color: 'blue' }, scope) }]);
            view.rename(id);
          },
        },
        {
          id: 'note.add',
          title: 'Add a sticky note',
          group: 'Strategy',
          icon: <NoteIcon />,
          shortcut: 'shift+s',
          menus: ['canvas'],
          keywords: ['text', 'comment', 'annotation', 'memo'],
          when: canEdit,
          run: () => {
            if (!hasRoom('notes')) return;
            const id = newNodeId(Math.random);
            session.edit([
              { type: 'setNote', id, note: drawnIn({ ...placeFor(NOTE), text: '', color: 'yellow' }, scope) },
            ]);
            view.rename(id);
          },
        },
      ];
    }, [session, view, pointer, scope]),
  );
  useCommands(
    useMemo((): readonly Command[] => {
      const pointedFrame = () => {
        const id = annotation.current;
        const frame = id === null ? undefined : session.snapshot().formula.frames?.[id];
        return id !== null && frame ? { id, frame } : null;
      };
      const pointedNote = () => {
        const id = annotation.current;
        const note = id === null ? undefined : session.snapshot().formula.notes?.[id];
        return id !== null && note ? { id, note } : null;
      };
      const isPointed = () => session.status().canEdit && (pointedFrame() ?? pointedNote()) !== null;
      const common = { group: 'Strategy', isLocal: true, when: isPointed } as const;
      return [
        {
          ...common,
          id: 'annotation.rename',
          title: 'Write its text',
          menus: ['frame', 'note'],
          icon: <PencilLine />,
          gesture: 'double-click on a note, or on the title of a frame',
          run: () => {
            if (annotation.current !== null) view.rename(annotation.current);
          },
        },
        {
          ...common,
          id: 'frame.fold',
          title: 'Fold or unfold the frame',
          menus: ['frame'],
          icon: <ChevronsDownUp />,
          run: () => {
            const here = pointedFrame();
            if (here) session.edit([{ type: 'setFrame', id: here.id, frame: foldedOrOpen(view.placed(), here.frame) }]);
          },
        },
        {
          ...common,
          id: 'annotation.duplicate',
          title: 'Duplicate it with what is in it',
          menus: ['frame', 'note'],
          icon: <Copy />,
          run: () => {
            if (annotation.current !== null) duplicate(annotation.current);
          },
        },
        {
          ...common,
          id: 'annotation.color',
          title: 'Another colour',
          menus: ['frame', 'note'],
          icon: <Palette />,
          run: () => {
            const [frame, note] = [pointedFrame(), pointedNote()];
            if (frame)
              session.edit([
                { type: 'setFrame', id: frame.id, frame: { ...frame.frame, color: nextColor(frame.frame.color) } },
              ]);
            else if (note)
              session.edit([
                { type: 'setNote', id: note.id, note: { ...note.note, color: nextColor(note.note.color) } },
              ]);
          },
        },
        {
          ...common,
          id: 'annotation.remove',
          title: 'Delete the frame or note; nodes stay',
          menus: ['frame', 'note'],
          icon: <Trash2 />,
          isDanger: true,
          run: () => {
            const [frame, note] = [pointedFrame(), pointedNote()];
            if (frame) session.edit([{ type: 'setFrame', id: frame.id, frame: null }]);
            else if (note) session.edit([{ type: 'setNote', id: note.id, note: null }]);
          },
        },
      ];
    }, [session, view, annotation, duplicate]),
  );
}
