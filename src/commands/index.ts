export type { Command, MenuPlace, OpenMenu } from './command.ts';
export { HelpSheet } from './help-sheet.tsx';
export { PANE_COMMANDS } from './pane-commands.tsx';
export { Palette, type Found } from './palette.tsx';
export { CommandProvider, useCommands } from './provider.tsx';
export { useSearchKey } from './use-search-key.tsx';
