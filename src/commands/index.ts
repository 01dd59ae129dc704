export type { Command } from './command.ts';
export { HelpSheet } from './help-sheet.tsx';
export { Palette } from './palette.tsx';
export { CommandProvider, useCommands } from './provider.tsx';
