'use client';
import { LogOut, PanelLeft } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { PANE_COMMANDS, useCommands, type Command } from '#commands/index.ts';
import { PLACES } from './places.tsx';
import { useSignOut } from './use-sign-out.ts';

/** The commands that exist on every page. */
export function useShellCommands(toggleNavigation: () => void): void {
  const router = useRouter();
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
      {
        id: 'navigation',
        title: 'Show or hide the navigation',
        group: 'View',
        icon: <PanelLeft />,
        shortcut: 'mod+b',
        inTexts: 'always',
        run: toggleNavigation,
      },
      { id: 'sign-out', title: 'Sign out', group: 'Account', icon: <LogOut />, keywords: ['log out'], run: signOut },
    ],
    [router, signOut, toggleNavigation],
  );
  useCommands(commands);
}
