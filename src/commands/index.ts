export type { Command, MenuPlace, OpenMenu } from './command.ts';
export { CommandSheets, useCommandSheets } from './command-sheets.tsx';
export { PANE_COMMANDS } from './pane-commands.tsx';
export type { Found } from './palette.tsx';
export { CommandProvider, useCommands } from './provider.tsx';
export { useSearchKey } from './use-search-key.tsx';
