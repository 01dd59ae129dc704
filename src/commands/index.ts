export type { Command, MenuPlace } from './command.ts';
export { CommandMenu, type OpenMenu } from './command-menu.tsx';
export { HelpSheet } from './help-sheet.tsx';
export { Palette, type Found } from './palette.tsx';
export { CommandProvider, useCommands } from './provider.tsx';
