'use client';
import { Keyboard, Moon } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useCallback, useMemo, useState } from 'react';
import type { Command } from './command.ts';
import { HelpSheet } from './help-sheet.tsx';
import { Palette, type PaletteProps } from './palette.tsx';
import { useCommands } from './provider.tsx';

type Sheet = 'palette' | 'help';

export interface CommandSheetsState {
  readonly sheet: Sheet | null;
  readonly setSheet: (sheet: Sheet | null) => void;
  readonly openPalette: () => void;
  readonly openHelp: () => void;
}

/** The palette and the sheet of keys, with the commands that open them: on every page, with an account or without. */
export function useCommandSheets(): CommandSheetsState {
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const openPalette = useCallback(() => setSheet('palette'), []);
  const openHelp = useCallback(() => setSheet('help'), []);
  const { resolvedTheme, setTheme } = useTheme();
  useCommands(
    useMemo(
      (): readonly Command[] => [
        { id: 'palette', title: 'Commands', group: 'View', shortcut: 'mod+k', inTexts: 'always', run: openPalette },
        {
          id: 'help',
          title: 'Keyboard shortcuts',
          group: 'View',
          icon: <Keyboard />,
          shortcut: '?',
          keywords: ['help'],
          run: openHelp,
        },
        {
          id: 'theme',
          title: 'Switch between light and dark theme',
          group: 'View',
          icon: <Moon />,
          keywords: ['dark', 'light', 'mode'],
          run: () => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark'),
        },
      ],
      [openPalette, openHelp, resolvedTheme, setTheme],
    ),
  );
  return { sheet, setSheet, openPalette, openHelp };
}

interface CommandSheetsProps extends Pick<PaletteProps, 'useFound'> {
  readonly state: CommandSheetsState;
}

export const CommandSheets = ({ state: { sheet, setSheet }, useFound }: CommandSheetsProps) => (
  <>
    <Palette
      open={sheet === 'palette'}
      onOpenChange={(open) => setSheet(open ? 'palette' : null)}
      useFound={useFound}
    />
    <HelpSheet open={sheet === 'help'} onOpenChange={(open) => setSheet(open ? 'help' : null)} />
  </>
);
