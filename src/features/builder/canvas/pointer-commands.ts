import type { Command } from '#commands/index.ts';

/** What only the pointer does: named here for the help. */
const POINTER_ONLY = [
  ['cut', 'Cut wires with a stroke', 'Ctrl + right-drag, or Y + drag'],
  ['take', 'Take a wire away', 'Alt + click on the wire'],
  ['move-end', 'Move an end of a wire', 'drag from the port; of a selected wire, from either end'],
  ['enter', 'Make a node part of a wire', 'drop a node without wires on the wire'],
  ['body', 'Wire to the first port that fits', 'drop the wire on a node'],
  ['add', 'Add to the selection, or take from it', 'Shift or Ctrl + click'],
  ['band', 'Select what a rectangle touches', 'drag on empty canvas'],
  ['pan', 'Move the view', 'right-drag, or scroll'],
  ['menu', 'What can be done here', 'right-click'],
] as const;

/** Nothing runs by itself: a palette does not offer them. */
export const POINTER_COMMANDS: readonly Command[] = POINTER_ONLY.map(([id, title, gesture]) => ({
  id: `pointer.${id}`,
  title,
  group: 'Pointer',
  gesture,
  isLocal: true,
  when: () => false,
  run: () => undefined,
}));
