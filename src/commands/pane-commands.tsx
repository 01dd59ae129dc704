import { PanelsTopLeft } from 'lucide-react';
import { focusNextPane } from '#ui/browser/next-pane.ts';
import type { Command } from './command.ts';

/** From pane to pane, as in desktop programs. */
export const PANE_COMMANDS: readonly Command[] = [
  {
    id: 'pane.next',
    title: 'Go to the next pane',
    group: 'View',
    icon: <PanelsTopLeft />,
    shortcut: 'f6',
    inTexts: 'always',
    run: () => focusNextPane(1),
  },
  {
    id: 'pane.previous',
    title: 'Go to the previous pane',
    group: 'View',
    icon: <PanelsTopLeft />,
    shortcut: 'shift+f6',
    inTexts: 'always',
    run: () => focusNextPane(-1),
  },
  {
    id: 'pane.list',
    title: 'Go through a list, and through what a row offers',
    group: 'View',
    gesture: 'Tab into the list, then the arrows',
    isLocal: true,
    when: () => false,
    run: () => undefined,
  },
];
