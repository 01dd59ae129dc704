'use client';
import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  LayoutDashboard,
  Rows3,
  Spline,
} from 'lucide-react';
import { useMemo, type ReactNode, type RefObject } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import {
  aligned,
  carriedBends,
  distributed,
  straightened,
  useGraphView,
  type Places,
  type Side,
} from '#features/graph/index.ts';
import { useFormulaSession } from '../session/use-session.ts';
import type { PointedPort } from './use-context-menu.ts';
import { useTidy } from './use-tidy.tsx';

const SIDES: readonly (readonly [Side, string, string, ReactNode])[] = [
  ['left', 'Align at the left', 'alt+a', <AlignStartVertical key="left" />],
  ['centre', 'Align at the centre', 'alt+h', <AlignCenterVertical key="centre" />],
  ['right', 'Align at the right', 'alt+d', <AlignEndVertical key="right" />],
  ['top', 'Align at the top', 'alt+w', <AlignStartHorizontal key="top" />],
  ['middle', 'Align at the middle', 'alt+v', <AlignCenterHorizontal key="middle" />],
  ['bottom', 'Align at the bottom', 'alt+s', <AlignEndHorizontal key="bottom" />],
];

/** Ways to put the selected nodes in order. */
export function useOrderCommands(pointed: RefObject<PointedPort | null>): void {
  const session = useFormulaSession();
  const view = useGraphView();
  const tidy = useTidy();
  useCommands(
    useMemo((): readonly Command[] => {
      const canOrder = (least: number) => () => session.status().canEdit && session.snapshot().selection.size >= least;
      const move = (places: Places) =>
        session.edit([
          ...[...places].map(([id, at]): Edit => ({ type: 'moveNode', id, at })),
          ...carriedBends(view.placed(), places),
        ]);
      const selected = () => session.snapshot().selection;
      return [
        ...SIDES.map(([side, title, shortcut, icon]): Command => ({
          id: `formula.align-${side}`,
          title,
          group: 'Strategy',
          icon,
          shortcut,
          keywords: ['order', 'arrange', 'align'],
          when: canOrder(2),
          run: () => move(aligned(view.placed(), selected(), side)),
        })),
        {
          id: 'formula.distribute-x',
          title: 'Distribute from left to right',
          group: 'Strategy',
          icon: <AlignHorizontalDistributeCenter />,
          shortcut: 'alt+shift+h',
          keywords: ['order', 'spread', 'gaps'],
          when: canOrder(3),
          run: () => move(distributed(view.placed(), selected(), 'x')),
        },
        {
          id: 'formula.distribute-y',
          title: 'Distribute from top to bottom',
          group: 'Strategy',
          icon: <AlignVerticalDistributeCenter />,
          shortcut: 'alt+shift+v',
          keywords: ['order', 'spread', 'gaps'],
          when: canOrder(3),
          run: () => move(distributed(view.placed(), selected(), 'y')),
        },
        {
          id: 'formula.straighten',
          title: 'Straighten the wires of the selection',
          group: 'Strategy',
          menus: ['node'],
          icon: <Spline />,
          shortcut: 'q',
          keywords: ['order', 'level', 'align'],
          when: canOrder(2),
          run: () => move(straightened(view.placed(), selected())),
        },
        {
          id: 'formula.tidy',
          title: 'Tidy up the canvas, or the selection',
          group: 'Strategy',
          menus: ['canvas', 'node'],
          icon: <LayoutDashboard />,
          shortcut: 'shift+l',
          keywords: ['layout', 'arrange', 'order'],
          when: () => session.status().canEdit,
          run: tidy,
        },
        {
          id: 'formula.ports',
          title: 'Show all ports of the selection, or fewer',
          group: 'Strategy',
          menus: ['node', 'port'],
          icon: <Rows3 />,
          shortcut: 'p',
          keywords: ['limit', 'trail', 'note', 'feed', 'expires', 'inputs', 'hidden'],
          when: () => canOrder(1)() || pointed.current !== null,
          run: () => view.togglePorts(pointed.current ? [pointed.current.node] : selected()),
        },
      ];
    }, [session, view, tidy, pointed]),
  );
}
