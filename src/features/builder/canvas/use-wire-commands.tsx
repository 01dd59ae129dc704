'use client';
import { CornerDownLeft, Minus, Plug, RotateCcw, Spline, Unplug, Waypoints } from 'lucide-react';
import { useMemo, type RefObject } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { findPort } from '#core/formula/blocks/catalogue.ts';
import { ownerOf } from '#core/formula/chains/chain.ts';
import { blockOfNode } from '#core/formula/language/block-of-call.ts';
import { bendsOf } from '#core/formula/model/bends.ts';
import { isRef, nodeOf, type NodeId, type Point } from '#core/formula/model/formula.ts';
import { bendsEdit, useGraphView, wireOf, withBend, type Wire } from '#features/graph/index.ts';
import { useFormulaSession } from '../session/use-session.ts';
import type { Wanted } from './use-add-at.ts';
import type { PointedPort } from './use-context-menu.ts';

interface WireCommandsOptions {
  readonly pick: (screen: Point, wanted: Wanted) => void;
  /** Where a picker opens for which nobody has pointed at a place. */
  readonly placeOfPicker: () => Point;
  readonly pointed: RefObject<PointedPort | null>;
}

/** What can be done with the selected wires, and with the port at which a menu is open. */
export function useWireCommands({ pick, placeOfPicker, pointed }: WireCommandsOptions): void {
  const session = useFormulaSession();
  const view = useGraphView();
  useCommands(
    useMemo((): readonly Command[] => {
      const canEdit = () => session.status().canEdit;
      const argOf = ({ node, port }: { readonly node: NodeId; readonly port: string }) => {
        const owner = ownerOf(node, port);
        return nodeOf(session.snapshot().formula, owner.id)?.args[owner.port];
      };
      const portOf = ({ node, port }: PointedPort) => {
        const { formula } = session.snapshot();
        const owner = ownerOf(node, port);
        const block = blockOfNode(formula, nodeOf(formula, owner.id) ?? { block: '', args: {} });
        return block && findPort(block, owner.port);
      };
      const isBent = ({ node, port }: Wire): boolean => {
        const owner = ownerOf(node, port);
        return bendsOf(session.snapshot().formula, owner.id, owner.port).length > 0;
      };
      const clear = () => {
        const port = pointed.current;
        if (port) session.edit([{ type: 'clearArg', id: port.node, port: port.port }]);
      };
      const hasPort = (test: (port: PointedPort) => boolean) => () =>
        canEdit() && pointed.current !== null && test(pointed.current);
      return [
        {
          id: 'wire.insert',
          title: 'Insert a block on the wire',
          group: 'Strategy',
          icon: <Waypoints />,
          shortcut: 'shift+a',
          gesture: 'drop a block on the wire',
          menus: ['wire'],
          when: () => canEdit() && view.selectedWires().length === 1,
          run: () => {
            const [onto] = view.selectedWires();
            if (onto) pick(placeOfPicker(), { onto });
          },
        },
        {
          id: 'wire.bend',
          title: 'Lead the wire through a point',
          group: 'Strategy',
          icon: <Spline />,
          shortcut: 'shift+d',
          gesture: 'double-click the wire',
          keywords: ['reroute', 'dot', 'bend', 'knot'],
          menus: ['wire'],
          when: () => canEdit() && view.selectedWires().length === 1,
          run: () => {
            const [wire] = view.selectedWires();
            const bent = wire && withBend(view.placed(), wire, view.placeAt(placeOfPicker()));
            if (!wire || !bent) return;
            session.edit([bent.edit]);
            focusBend(wire, bent.index);
          },
        },
        {
          id: 'wire.unbend',
          title: 'Take the points off the wire',
          group: 'Strategy',
          icon: <Minus />,
          menus: ['wire'],
          when: () => canEdit() && view.selectedWires().some(isBent),
          run: () => session.edit(view.selectedWires().map((wire) => bendsEdit(wire, []))),
        },
        {
          id: 'wire.source',
          title: 'Go to where the wire comes from',
          group: 'Strategy',
          icon: <CornerDownLeft />,
          menus: ['wire'],
          when: () => view.selectedWires().length === 1,
          run: () => {
            const [wire] = view.selectedWires();
            const arg = wire && argOf(wire);
            if (isRef(arg)) session.reveal({ node: arg.from });
          },
        },
        {
          id: 'port.connect',
          title: 'Connect to a new block …',
          group: 'Strategy',
          icon: <Plug />,
          gesture: 'drag from the port into empty canvas',
          menus: ['port'],
          when: hasPort(() => true),
          run: () => {
            const port = pointed.current;
            if (!port) return;
            const { formula } = view.placed();
            pick(
              placeOfPicker(),
              port.side === 'output'
                ? { from: wireOf(formula, port.node, port.port) }
                : { to: { node: port.node, port: port.port } },
            );
          },
        },
        {
          id: 'port.reset',
          title: 'Back to the default',
          group: 'Strategy',
          icon: <RotateCcw />,
          menus: ['port'],
          when: hasPort((port) => {
            const arg = argOf(port);
            return port.side === 'input' && arg !== undefined && !isRef(arg) && portOf(port)?.default !== undefined;
          }),
          run: clear,
        },
        {
          id: 'port.clear',
          title: 'Take the wire off the port',
          group: 'Strategy',
          icon: <Unplug />,
          gesture: 'drag the wire off the port',
          menus: ['port'],
          isDanger: true,
          when: hasPort((port) => port.side === 'input' && isRef(argOf(port))),
          run: clear,
        },
      ];
    }, [session, view, pick, placeOfPicker, pointed]),
  );
}

/** Once the new point is drawn, the arrows move it. */
function focusBend({ node, port }: Wire, index: number): void {
  const find = `[data-bend="${CSS.escape(`${node}/${port}/${index}`)}"]`;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => document.querySelector<SVGElement>(find)?.focus({ preventScroll: true })),
  );
}
