'use client';
import { ClipboardCopy, Copy, Focus, PencilLine, Scissors, Trash2, Unlink, VolumeX } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { withCalls } from '#core/formula/functions/with-calls.ts';
import { isAction, isMuted } from '#core/formula/language/statements.ts';
import { nodeOf } from '#core/formula/model/formula.ts';
import { removeKeepingChain, useGraphView } from '#features/graph/index.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { useFormulaSession } from '../session/use-session.ts';
import { focusedAnnotation, type Clipboard } from './clipboard/use-clipboard.ts';

/** What can be done with the nodes that are selected. */
export function useSelectionCommands(clipboard: Clipboard): void {
  const session = useFormulaSession();
  const view = useGraphView();
  useCommands(
    useMemo((): readonly Command[] => {
      const canEdit = () => session.status().canEdit;
      const isSelected = () => session.snapshot().selection.size > 0;
      const hasSelection = () => canEdit() && isSelected();
      return [
        {
          id: 'formula.copy',
          title: 'Copy the selected nodes',
          group: 'Strategy',
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
          group: 'Strategy',
          menus: ['node'],
          icon: <Scissors />,
          shortcut: 'mod+x',
          isLocal: true,
          when: hasSelection,
          run: () => void document.execCommand('cut'),
        },
        {
          id: 'formula.duplicate',
          title: 'Duplicate the selection',
          group: 'Strategy',
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
          group: 'Strategy',
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
          group: 'Strategy',
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
          group: 'Strategy',
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
          group: 'Strategy',
          shortcut: 'left',
          otherShortcuts: ['up', 'right', 'down'],
          isLocal: true,
          when: () => false,
          run: () => undefined,
        },
        {
          id: 'formula.rename',
          title: 'Rename the selected node',
          group: 'Strategy',
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
    }, [session, view, clipboard]),
  );
}
