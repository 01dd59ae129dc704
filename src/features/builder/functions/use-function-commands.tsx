'use client';
import { CornerLeftUp, Package, PackageOpen, SquareFunction } from 'lucide-react';
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { withMembers } from '#core/formula/chains/chain.ts';
import { whyNotFunctionName } from '#core/formula/check/check-names.ts';
import { extractFunction } from '#core/formula/functions/extract.ts';
import { unpackCall } from '#core/formula/functions/unpack.ts';
import { FreeNames } from '#core/formula/language/free-names.ts';
import { calleeOf, functionsOf } from '#core/formula/language/functions.ts';
import { isMuted } from '#core/formula/language/statements.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { nodeOf, type NodeId } from '#core/formula/model/formula.ts';
import { newNodeId } from '#core/formula/model/node-id.ts';
import { freePlace, nodeHeight, takenAlong, useGraphView } from '#features/graph/index.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { useFormula, useFormulaSession } from '../session/use-session.ts';
import { useOpenFunction } from './provider.tsx';
import { useLookedAtCall } from './use-looked-at-call.ts';

const newId = (): NodeId => newNodeId(Math.random);

/** Whether Enter is meant for the canvas: what else has the focus, such as a button, takes the key itself. */
const isOnCanvas = (): boolean =>
  document.activeElement === null ||
  document.activeElement === document.body ||
  document.activeElement.matches('main, [role="menu"], [role="menuitem"], .react-flow__node');

/**
 * Makes a function of what is selected, opens the function of a call, leaves it, and puts it back. Gives the dialog
 * that asks for a name.
 */
export function useFunctionCommands(): ReactNode {
  const session = useFormulaSession();
  const { scope, open } = useOpenFunction();
  const { chosen } = useLookedAtCall();
  const [selected, setSelected] = useState<ReadonlySet<NodeId> | null>(null);
  useCommands(
    useMemo((): readonly Command[] => {
      const canEdit = () => session.status().canEdit;
      const selectedCall = (): NodeId | null => {
        const { selection, formula } = session.snapshot();
        const [id] = selection;
        const node = id === undefined ? undefined : nodeOf(formula, id);
        return selection.size === 1 && id !== undefined && node?.block === 'call' ? id : null;
      };
      // What is muted computes nothing that could be put in its place.
      const isSelectedMuted = (): boolean => {
        const node = nodeOf(session.snapshot().formula, selectedCall() ?? '');
        return node !== undefined && isMuted(node);
      };
      return [
        {
          id: 'function.make',
          title: 'Make a block of the selection',
          group: 'Strategy',
          icon: <Package />,
          shortcut: 'shift+b',
          menus: ['node'],
          keywords: ['function', 'sub-graph', 'group', 'collapse', 'extract'],
          when: () => canEdit() && session.snapshot().selection.size > 0,
          run: () => setSelected(withMembers(session.snapshot().formula, session.snapshot().selection)),
        },
        {
          id: 'function.open',
          title: 'Open the function of the selected block',
          group: 'Strategy',
          icon: <SquareFunction />,
          shortcut: 'enter',
          gesture: 'double-click on the block',
          menus: ['node'],
          isRare: true,
          when: () => isOnCanvas() && selectedCall() !== null,
          run: () => {
            const { formula } = session.snapshot();
            const at = selectedCall() ?? '';
            const node = nodeOf(formula, at);
            const callee = node && calleeOf(formula, node);
            if (callee === undefined) return;
            session.select([]);
            open(callee, { at, within: chosen?.id });
          },
        },
        {
          id: 'function.leave',
          title: 'Leave the function',
          group: 'Strategy',
          icon: <CornerLeftUp />,
          shortcut: 'shift+enter',
          when: () => scope !== null,
          run: () => {
            session.select([]);
            open(null);
          },
        },
        {
          id: 'function.unpack',
          title: 'Unpack the selected block',
          group: 'Strategy',
          icon: <PackageOpen />,
          shortcut: 'shift+u',
          menus: ['node'],
          isRare: true,
          keywords: ['inline', 'ungroup', 'expand'],
          when: () => canEdit() && selectedCall() !== null && !isSelectedMuted(),
          run: () => {
            const edits = unpackCall(session.snapshot().formula, selectedCall() ?? '', newId);
            session.edit(edits);
            session.select(edits.flatMap((edit) => (edit.type === 'addNode' ? [edit.id] : [])));
          },
        },
      ];
    }, [session, scope, open, chosen]),
  );
  const formula = useDeferredValue(useFormula());
  useCommands(
    useMemo(
      (): readonly Command[] =>
        [...functionsOf(formula).keys()].flatMap((id): Command[] => {
          const name = nodeOf(formula, id)?.name ?? '';
          return [
            {
              id: `function.open ${id}`,
              title: `Open ${name}`,
              group: 'Nodes',
              icon: <SquareFunction />,
              keywords: ['function', name],
              run: () => {
                session.select([]);
                open(id);
              },
            },
          ];
        }),
      [formula, session, open],
    ),
  );
  return selected === null ? null : <NameFunction selected={selected} onClose={() => setSelected(null)} />;
}

interface NameFunctionProps {
  readonly selected: ReadonlySet<NodeId>;
  readonly onClose: () => void;
}

function NameFunction({ selected, onClose }: NameFunctionProps) {
  const session = useFormulaSession();
  const view = useGraphView();
  const [name, setName] = useState(() =>
    new FreeNames(Object.values(session.snapshot().formula.nodes).map((node) => node.name)).take('block'),
  );
  const why = whyNotFunctionName(session.snapshot().formula, undefined, name);
  /** The call stands where the selection was, and covers nothing that stays. */
  const beside = (edits: readonly Edit[], call: NodeId): readonly Edit[] => {
    const { places, ...placed } = view.placed();
    const staying = new Map([...places].filter(([id]) => !selected.has(id)));
    return edits.map((edit) =>
      edit.type === 'addNode' && edit.id === call && edit.at
        ? { ...edit, at: freePlace({ ...placed, places: staying }, edit.at, nodeHeight(edit.node)) }
        : edit,
    );
  };
  /** Frames all of whose nodes go into the function go with them, and notes between these. */
  const framesInto = (fn: NodeId): readonly Edit[] => {
    const { frames, notes } = takenAlong(view.placed(), selected);
    const isEmpty = Object.keys(frames).length === 0;
    return [
      ...Object.entries(frames).map(([id, frame]): Edit => ({ type: 'setFrame', id, frame: { ...frame, in: fn } })),
      ...(isEmpty ? [] : Object.entries(notes)).map(([id, note]): Edit => ({
        type: 'setNote',
        id,
        note: { ...note, in: fn },
      })),
    ];
  };
  const make = (): void => {
    if (why !== null) return;
    const made = extractFunction(session.snapshot().formula, selected, { name, newId });
    if (made.ok) {
      session.edit([...beside(made.value.edits, made.value.call), ...framesInto(made.value.fn)]);
      session.select([made.value.call]);
    } else toast.error('No block can be made of this', { description: made.error });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title="Make a block of the selection"
      description="What is selected becomes a function, and one block in its place. It can be called again, opened and unpacked."
      width="sm"
      footer={
        <Button look="primary" disabled={why !== null} onClick={make}>
          Make the block
        </Button>
      }
    >
      <Field label="What it is called" problem={why ?? undefined}>
        <Input
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') make();
          }}
        />
      </Field>
    </Dialog>
  );
}
