'use client';
import {
  BoxSelect,
  ClipboardCopy,
  ClipboardPaste,
  Copy,
  Focus,
  Maximize,
  PencilLine,
  Plus,
  Redo2,
  Scissors,
  SquareDashed,
  Trash2,
  Undo2,
} from 'lucide-react';
import { useMemo } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { isAction } from '#core/formula/language/statements.ts';
import { nodeOf, type Point } from '#core/formula/model/formula.ts';
import { useGraphView } from '#features/graph/index.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { useFormulaSession } from '../session/use-session.ts';
import type { Clipboard } from './clipboard/use-clipboard.ts';
import { useOrderCommands } from './use-order-commands.tsx';

interface CanvasCommandsOptions {
  readonly pick: (screen: Point, dangling: null) => void;
  readonly clipboard: Clipboard;
}

const COPY_OFFSET: Point = { x: 32, y: 32 };

/** What the canvas offers to the palette, the keys and the help. */
export function useCanvasCommands({ pick, clipboard }: CanvasCommandsOptions): void {
  const session = useFormulaSession();
  const view = useGraphView();
  useOrderCommands();
  useCommands(
    useMemo((): readonly Command[] => {
      const canEdit = () => session.status().canEdit;
      const isSelected = () => session.snapshot().selection.size > 0;
      const hasSelection = () => canEdit() && isSelected();
      return [
        {
          id: 'formula.undo',
          title: 'Undo',
          group: 'Formula',
          icon: <Undo2 />,
          shortcut: 'mod+z',
          inTexts: 'untyped',
          repeats: true,
          when: () => canEdit() && session.snapshot().canUndo,
          run: () => session.undo(),
        },
        {
          id: 'formula.redo',
          title: 'Redo',
          group: 'Formula',
          icon: <Redo2 />,
          shortcut: 'mod+shift+z',
          otherShortcuts: ['mod+y'],
          inTexts: 'untyped',
          repeats: true,
          when: () => canEdit() && session.snapshot().canRedo,
          run: () => session.redo(),
        },
        {
          id: 'formula.add',
          title: 'Add a block',
          group: 'Formula',
          icon: <Plus />,
          shortcut: 'a',
          when: canEdit,
          run: () => pick({ x: window.innerWidth / 2 - 120, y: window.innerHeight / 3 }, null),
        },
        {
          id: 'formula.select-all',
          title: 'Select all nodes',
          group: 'Formula',
          icon: <BoxSelect />,
          shortcut: 'mod+a',
          run: () => session.select(Object.keys(session.snapshot().formula.nodes)),
        },
        {
          id: 'formula.deselect',
          title: 'Clear the selection',
          group: 'Formula',
          icon: <SquareDashed />,
          shortcut: 'escape',
          when: () => isSelected() || view.hasSelectedWires(),
          run: () => {
            session.select([]);
            view.clearWires();
          },
        },
        {
          id: 'formula.copy',
          title: 'Copy the selected nodes',
          group: 'Formula',
          icon: <ClipboardCopy />,
          shortcut: 'mod+c',
          isLocal: true,
          when: isSelected,
          run: () => void document.execCommand('copy'),
        },
        {
          id: 'formula.cut',
          title: 'Cut the selected nodes',
          group: 'Formula',
          icon: <Scissors />,
          shortcut: 'mod+x',
          isLocal: true,
          when: hasSelection,
          run: () => void document.execCommand('cut'),
        },
        {
          id: 'formula.paste',
          title: 'Paste nodes or code',
          group: 'Formula',
          icon: <ClipboardPaste />,
          shortcut: 'mod+v',
          isLocal: true,
          when: canEdit,
          run: () => clipboard.paste(),
        },
        {
          id: 'formula.duplicate',
          title: 'Duplicate the selection',
          group: 'Formula',
          icon: <Copy />,
          shortcut: 'mod+d',
          when: hasSelection,
          run: () => clipboard.duplicate(COPY_OFFSET),
        },
        {
          id: 'formula.remove',
          title: 'Delete the selection',
          group: 'Formula',
          icon: <Trash2 />,
          shortcut: 'delete',
          otherShortcuts: ['backspace'],
          isLocal: true,
          when: () => hasSelection() || (canEdit() && view.hasSelectedWires()),
          run: () => view.remove(session.snapshot().selection),
        },
        {
          id: 'formula.nudge',
          title: 'Move the selection',
          group: 'Formula',
          shortcut: 'left',
          otherShortcuts: ['up', 'right', 'down'],
          isLocal: true,
          when: () => false,
          run: () => undefined,
        },
        {
          id: 'formula.rename',
          title: 'Rename the selected node',
          group: 'Formula',
          icon: <PencilLine />,
          shortcut: 'f2',
          when: () => canEdit() && session.snapshot().selection.size === 1,
          run: () => {
            const { selection, formula } = session.snapshot();
            const [id] = selection;
            const node = id === undefined ? undefined : nodeOf(formula, id);
            if (id === undefined || !node) return;
            if (isAction(node)) toast(`${node.block} is an action: actions have no name.`);
            else view.rename(id);
          },
        },
        {
          id: 'view.fit',
          title: 'Show the whole formula',
          group: 'View',
          icon: <Maximize />,
          shortcut: 'shift+f',
          keywords: ['fit', 'zoom'],
          run: () => view.showAll(),
        },
        {
          id: 'view.fit-selection',
          title: 'Show the selection',
          group: 'View',
          icon: <Focus />,
          shortcut: '.',
          keywords: ['fit', 'zoom', 'frame'],
          when: isSelected,
          run: () => view.showAll(session.snapshot().selection),
        },
      ];
    }, [session, view, pick, clipboard]),
  );
}
