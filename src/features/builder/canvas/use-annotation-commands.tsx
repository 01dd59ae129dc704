'use client';
import { Group, StickyNote as NoteIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import type { AnnotationId, Area } from '#core/formula/model/annotations.ts';
import { MOST_ANNOTATIONS } from '#core/formula/model/annotations.ts';
import type { Point } from '#core/formula/model/formula.ts';
import { newNodeId } from '#core/formula/model/node-id.ts';
import { areaAround, around, boxesOf, useGraphView } from '#features/graph/index.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { useFormulaSession } from '../session/use-session.ts';

const EMPTY_FRAME = { width: 360, height: 220 };
const NOTE = { width: 200, height: 120 };

/**
 * Frames and notes by the palette, keys and menus. Gives the note that was made last, so that its text can be typed.
 */
export function useAnnotationCommands(pointer: () => Point | null): AnnotationId | null {
  const session = useFormulaSession();
  const view = useGraphView();
  const [newNote, setNewNote] = useState<AnnotationId | null>(null);
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
          group: 'Formula',
          icon: <Group />,
          shortcut: 'mod+g',
          menus: ['canvas', 'node'],
          keywords: ['group', 'comment', 'box', 'backdrop', 'collapse'],
          when: canEdit,
          run: () => {
            if (!hasRoom('frames')) return;
            const box = around(boxesOf(view.placed(), session.snapshot().selection));
            const area = box ? areaAround(box) : placeFor(EMPTY_FRAME);
            session.edit([
              { type: 'setFrame', id: newNodeId(Math.random), frame: { ...area, title: '', color: 'blue' } },
            ]);
          },
        },
        {
          id: 'note.add',
          title: 'Add a sticky note',
          group: 'Formula',
          icon: <NoteIcon />,
          shortcut: 'shift+s',
          menus: ['canvas'],
          keywords: ['text', 'comment', 'annotation', 'memo'],
          when: canEdit,
          run: () => {
            if (!hasRoom('notes')) return;
            const id = newNodeId(Math.random);
            setNewNote(id);
            session.edit([{ type: 'setNote', id, note: { ...placeFor(NOTE), text: '', color: 'yellow' } }]);
          },
        },
      ];
    }, [session, view, pointer]),
  );
  return newNote;
}
