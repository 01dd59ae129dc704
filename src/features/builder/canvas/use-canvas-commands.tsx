'use client';
import { useReactFlow } from '@xyflow/react';
import { Copy, LayoutDashboard, Maximize, Plus, Redo2, Trash2, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import type { Point } from '#core/formula/formula.ts';
import { toast } from '#ui/toaster.tsx';
import { useFormulaSession } from '../session/provider.tsx';
import { copyNodes } from './add-block.ts';
import { FIT } from './fit.ts';
import { tidyLayout } from './tidy-layout.ts';

interface CanvasCommandsOptions {
  pick(screen: Point, dangling: null): void;
}

const COPY_OFFSET: Point = { x: 32, y: 32 };

/** What the canvas offers to the palette, the keys and the help. */
export function useCanvasCommands({ pick }: CanvasCommandsOptions): void {
  const session = useFormulaSession();
  const flow = useReactFlow();
  useCommands(useMemo((): readonly Command[] => {
    const canEdit = () => session.status().canEdit;
    const hasSelection = () => canEdit() && session.snapshot().selection.size > 0;
    return [
      { id: 'formula.undo', title: 'Undo', group: 'Formula', icon: <Undo2 />, shortcut: 'mod+z', when: () => canEdit() && session.snapshot().canUndo, run: () => session.undo() },
      { id: 'formula.redo', title: 'Redo', group: 'Formula', icon: <Redo2 />, shortcut: 'mod+shift+z', when: () => canEdit() && session.snapshot().canRedo, run: () => session.redo() },
      { id: 'formula.add', title: 'Add a block', group: 'Formula', icon: <Plus />, shortcut: 'a', when: canEdit, run: () => pick({ x: window.innerWidth / 2 - 120, y: window.innerHeight / 3 }, null) },
      {
        id: 'formula.duplicate', title: 'Duplicate the selection', group: 'Formula', icon: <Copy />, shortcut: 'mod+d', when: hasSelection,
        run: () => {
          const { formula, selection } = session.snapshot();
          const copies = copyNodes(formula, selection, COPY_OFFSET);
          session.edit(copies.edits);
          session.select(copies.ids);
        },
      },
      { id: 'formula.remove', title: 'Delete the selection', group: 'Formula', icon: <Trash2 />, when: hasSelection, run: () => session.edit([...session.snapshot().selection].map((id) => ({ type: 'removeNode', id }))) },
      {
        id: 'formula.tidy', title: 'Tidy up the canvas', group: 'Formula', icon: <LayoutDashboard />, shortcut: 'shift+l', keywords: ['layout', 'arrange'], when: canEdit,
        run: () => void tidyLayout(session.snapshot().formula, new AbortController().signal).then(
          (edits) => {
            session.edit(edits);
            requestAnimationFrame(() => void flow.fitView({ ...FIT, duration: 200 }));
          },
          () => toast.error('The layout could not be computed'),
        ),
      },
      { id: 'view.fit', title: 'Show the whole formula', group: 'View', icon: <Maximize />, shortcut: 'shift+f', run: () => void flow.fitView({ ...FIT, duration: 200 }) },
    ];
  }, [session, flow, pick]));
}
