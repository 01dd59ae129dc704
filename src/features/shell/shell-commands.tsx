'use client';
import { Keyboard, LogOut, Moon, PanelLeft } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { useMemo } from 'react';
import { PANE_COMMANDS, useCommands, type Command } from '#commands/index.ts';
import { PLACES } from './places.tsx';
import { useSignOut } from './use-sign-out.ts';

export interface ShellActions {
  readonly openPalette: () => void;
  readonly openHelp: () => void;
  readonly toggleNavigation: () => void;
}

/** The commands that exist on every page. */
export function useShellCommands({ openPalette, openHelp, toggleNavigation }: ShellActions): void {
  const router = useRouter();
  const { resolvedTheme, setTheme } = useTheme();
  const signOut = useSignOut();
  useCommands(PANE_COMMANDS);
  const commands = useMemo(
    (): readonly Command[] => [
      ...PLACES.flatMap((group) => group.places).map((place): Command => ({
        id: `go${place.href}`,
        title: place.title,
        group: 'Go to',
        icon: place.icon,
        shortcut: place.shortcut,
        run: () => router.push(place.href),
      })),
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
        id: 'navigation',
        title: 'Show or hide the navigation',
        group: 'View',
        icon: <PanelLeft />,
        shortcut: 'mod+b',
        inTexts: 'always',
        run: toggleNavigation,
      },
      {
        id: 'theme',
        title: 'Switch between light and dark theme',
        group: 'View',
        icon: <Moon />,
        keywords: ['dark', 'light', 'mode'],
        run: () => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark'),
      },
      { id: 'sign-out', title: 'Sign out', group: 'Account', icon: <LogOut />, keywords: ['log out'], run: signOut },
    ],
    [router, resolvedTheme, setTheme, signOut, openPalette, openHelp, toggleNavigation],
  );
  useCommands(commands);
}
