export type { Command, CommandGroup } from './command.ts';
export { HelpSheet } from './help-sheet.tsx';
export { Palette } from './palette.tsx';
export { CommandProvider, useCommandList, useCommands } from './provider.tsx';
