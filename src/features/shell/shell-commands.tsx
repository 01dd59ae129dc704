'use client';
import { Building2, LogOut, PanelLeft, Plus, ServerCog } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { PANE_COMMANDS, useCommands, type Command } from '#commands/index.ts';
import { useSwitching } from './organisations/switching.tsx';
import { PLACES } from './places.tsx';
import { useSession } from './session.tsx';
import { useSignOut } from './use-sign-out.ts';

/** The commands that exist on every page. */
export function useShellCommands(toggleNavigation: () => void): void {
  const router = useRouter();
  const signOut = useSignOut();
  const { org, organisations, isPlatformAdmin } = useSession();
  const { switchTo, create } = useSwitching();
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
      ...organisations
        .filter(({ id }) => id !== org.id)
        .map(({ id, name }): Command => ({
          id: `organisation ${id}`,
          title: `Switch to ${name}`,
          group: 'Account',
          icon: <Building2 />,
          keywords: ['organisation', 'team', 'workspace'],
          run: () => switchTo(id),
        })),
      {
        id: 'create-organisation',
        title: 'New organisation',
        group: 'Account',
        icon: <Plus />,
        keywords: ['create', 'team', 'workspace'],
        run: create,
      },
      ...(isPlatformAdmin
        ? [
            {
              id: 'installation',
              title: 'Installation: users, organisations, jobs',
              group: 'Go to',
              icon: <ServerCog />,
              keywords: ['admin'],
              run: () => router.push('/admin'),
            } satisfies Command,
          ]
        : []),
      { id: 'sign-out', title: 'Sign out', group: 'Account', icon: <LogOut />, keywords: ['log out'], run: signOut },
    ],
    [router, signOut, toggleNavigation, organisations, org, isPlatformAdmin, switchTo, create],
  );
  useCommands(commands);
}
