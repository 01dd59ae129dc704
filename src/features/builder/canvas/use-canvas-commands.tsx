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
  Search,
  SquareDashed,
  Trash2,
  Undo2,
  Unlink,
  VolumeX,
} from 'lucide-react';
import { useCallback, useMemo, type RefObject } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { withCalls } from '#core/formula/functions/with-calls.ts';
import { isAction, isMuted } from '#core/formula/language/statements.ts';
import { nodeOf, type Point } from '#core/formula/model/formula.ts';
import { removeKeepingChain, useGraphView } from '#features/graph/index.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { useFormulaSession } from '../session/use-session.ts';
import { focusedAnnotation, type Clipboard } from './clipboard/use-clipboard.ts';
import { POINTER_COMMANDS } from './pointer-commands.ts';
import type { Wanted } from './use-add-at.ts';
import type { PointedPort } from './use-context-menu.ts';
import { useOrderCommands } from './use-order-commands.tsx';
import { useWireCommands } from './use-wire-commands.tsx';

interface CanvasCommandsOptions {
  readonly pick: (screen: Point, wanted: Wanted) => void;
  readonly clipboard: Clipboard;
  readonly pointed: RefObject<PointedPort | null>;
  readonly find: () => void;
}

const middleOfWindow = (): Point => ({ x: window.innerWidth / 2 - 120, y: window.innerHeight / 3 });

/** What the canvas offers to the palette, the keys and the help. */
export function useCanvasCommands({ pick, clipboard, pointed, find }: CanvasCommandsOptions): void {
  const session = useFormulaSession();
  const view = useGraphView();
  const placeOfPicker = useCallback(() => clipboard.pointer() ?? middleOfWindow(), [clipboard]);
  useOrderCommands(pointed);
  useWireCommands({ pick, placeOfPicker, pointed });
  useCommands(POINTER_COMMANDS);
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
          menus: ['canvas'],
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
          menus: ['canvas'],
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
          menus: ['canvas'],
          icon: <Plus />,
          shortcut: 'a',
          when: canEdit,
          run: () => pick(placeOfPicker(), null),
          gesture: 'double-click on empty canvas',
        },
        {
          id: 'formula.select-all',
          title: 'Select all nodes',
          group: 'Formula',
          menus: ['canvas'],
          icon: <BoxSelect />,
          shortcut: 'mod+a',
          run: () => session.select(view.placed().places.keys()),
        },
        {
          id: 'formula.deselect',
          title: 'Clear the selection',
          group: 'Formula',
          icon: <SquareDashed />,
          shortcut: 'escape',
          when: () => isSelected() || view.selectedWires().length > 0,
          run: () => {
            session.select([]);
            view.selectWires([]);
          },
        },
        {
          id: 'formula.copy',
          title: 'Copy the selected nodes',
          group: 'Formula',
          menus: ['node'],
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
          menus: ['node'],
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
          menus: ['canvas'],
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
          menus: ['node'],
          gesture: 'Alt + drag',
          icon: <Copy />,
          shortcut: 'mod+d',
          when: () => hasSelection() || (canEdit() && focusedAnnotation() !== null),
          run: () => clipboard.duplicate(),
        },
        {
          id: 'formula.mute',
          title: 'Mute or unmute the selection',
          group: 'Formula',
          menus: ['node'],
          icon: <VolumeX />,
          shortcut: 'm',
          keywords: ['bypass', 'disable', 'switch off'],
          when: hasSelection,
          run: () => {
            const { formula, selection } = session.snapshot();
            const nodes = [...selection].flatMap((id) => (formula.nodes[id] ? [[id, formula.nodes[id]] as const] : []));
            const on = nodes.some(([, node]) => node.muted !== true);
            session.edit(
              nodes
                .filter(([, node]) => isMuted({ ...node, muted: true }))
                .map(([id]) => ({ type: 'setFlag', id, flag: 'muted', on })),
            );
          },
        },
        {
          id: 'formula.remove',
          title: 'Delete the selection',
          group: 'Formula',
          menus: ['node', 'wire'],
          isDanger: true,
          icon: <Trash2 />,
          shortcut: 'delete',
          otherShortcuts: ['backspace'],
          isLocal: true,
          when: () => hasSelection() || (canEdit() && view.selectedWires().length > 0),
          run: () => view.remove(session.snapshot().selection),
        },
        {
          id: 'formula.dissolve',
          title: 'Delete nodes and keep their chain',
          group: 'Formula',
          menus: ['node'],
          isDanger: true,
          icon: <Unlink />,
          shortcut: 'mod+delete',
          otherShortcuts: ['mod+backspace'],
          keywords: ['reconnect', 'bypass', 'dissolve', 'extract'],
          when: hasSelection,
          run: () => {
            const { formula, selection } = session.snapshot();
            session.edit(withCalls(formula, removeKeepingChain(view.placed().formula, selection)));
          },
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
          menus: ['node'],
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
          id: 'view.find',
          title: 'Find on the canvas',
          group: 'View',
          menus: ['canvas'],
          icon: <Search />,
          shortcut: 'mod+f',
          keywords: ['search', 'node', 'value', 'next'],
          when: () => document.querySelector('[role="dialog"]') === null,
          run: find,
        },
        {
          id: 'view.fit',
          title: 'Show the whole strategy',
          group: 'View',
          menus: ['canvas'],
          icon: <Maximize />,
          shortcut: 'shift+f',
          keywords: ['fit', 'zoom'],
          run: () => view.showAll(),
        },
        {
          id: 'view.fit-selection',
          title: 'Show the selection',
          group: 'View',
          menus: ['node'],
          icon: <Focus />,
          shortcut: '.',
          keywords: ['fit', 'zoom', 'frame'],
          when: isSelected,
          run: () => view.showAll(session.snapshot().selection),
        },
      ];
    }, [session, view, pick, clipboard, placeOfPicker, find]),
  );
}
