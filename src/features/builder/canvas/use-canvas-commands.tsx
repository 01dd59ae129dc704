'use client';
import { BoxSelect, ClipboardPaste, Maximize, Plus, Redo2, Search, SquareDashed, Undo2 } from 'lucide-react';
import { useCallback, useMemo, type RefObject } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import type { Point } from '#core/formula/model/formula.ts';
import { useGraphView } from '#features/graph/index.ts';
import { useFormulaSession } from '../session/use-session.ts';
import type { Clipboard } from './clipboard/use-clipboard.ts';
import { POINTER_COMMANDS } from './pointer-commands.ts';
import type { Wanted } from './use-add-at.ts';
import type { PointedPort } from './use-context-menu.ts';
import { useOrderCommands } from './use-order-commands.tsx';
import { useSelectionCommands } from './use-selection-commands.tsx';
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
      return [
        {
          id: 'formula.undo',
          title: 'Undo',
          group: 'Strategy',
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
          group: 'Strategy',
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
          group: 'Strategy',
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
          group: 'Strategy',
          menus: ['canvas'],
          icon: <BoxSelect />,
          shortcut: 'mod+a',
          run: () => session.select(view.placed().places.keys()),
        },
        {
          id: 'formula.deselect',
          title: 'Clear the selection',
          group: 'Strategy',
          icon: <SquareDashed />,
          shortcut: 'escape',
          when: () => isSelected() || view.selectedWires().length > 0,
          run: () => {
            session.select([]);
            view.selectWires([]);
          },
        },
        {
          id: 'formula.paste',
          title: 'Paste nodes or code',
          group: 'Strategy',
          menus: ['canvas'],
          icon: <ClipboardPaste />,
          shortcut: 'mod+v',
          isLocal: true,
          when: canEdit,
          run: () => clipboard.paste(),
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
      ];
    }, [session, view, pick, clipboard, placeOfPicker, find]),
  );
  useSelectionCommands(clipboard);
}
