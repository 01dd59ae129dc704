'use client';
import { ChevronsUpDown, Keyboard, LogOut, Moon, ServerCog, Settings, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#ui/overlays/menu.tsx';
import { Avatar } from '#ui/people/avatar.tsx';
import { useSession } from './session.tsx';
import { useSignOut } from './use-sign-out.ts';

export interface UserMenuProps {
  readonly narrow: boolean;
  readonly onHelp: () => void;
}

export function UserMenu({ narrow, onHelp }: UserMenuProps) {
  const { user, role, isPlatformAdmin } = useSession();
  const { resolvedTheme, setTheme } = useTheme();
  const router = useRouter();
  const signOut = useSignOut();
  const dark = resolvedTheme === 'dark';
  const trigger = (
    <button
      type="button"
      aria-label={`Account of ${user.name}`}
      className="flex w-full min-w-0 items-center gap-2 rounded-md p-1.5 text-left hover:bg-hover data-[state=open]:bg-hover"
    >
      <Avatar id={user.id} name={user.name} />
      {narrow ? null : (
        <>
          <span className="min-w-0 flex-1">
            <span className="block truncate text-xs leading-4 font-medium">{user.name}</span>
            <span className="block text-2xs leading-3.5 text-faint capitalize">{role}</span>
          </span>
          <ChevronsUpDown className="size-3.5 text-faint" aria-hidden />
        </>
      )}
    </button>
  );
  return (
    <Menu trigger={trigger} side="top" align="start">
      <MenuLabel>{user.email}</MenuLabel>
      <MenuItem icon={<Settings />} onSelect={() => router.push('/settings')}>
        Settings
      </MenuItem>
      {isPlatformAdmin ? (
        <MenuItem icon={<ServerCog />} onSelect={() => router.push('/admin')}>
          Installation
        </MenuItem>
      ) : null}
      <MenuItem icon={dark ? <Sun /> : <Moon />} onSelect={() => setTheme(dark ? 'light' : 'dark')}>
        {dark ? 'Light theme' : 'Dark theme'}
      </MenuItem>
      <MenuItem icon={<Keyboard />} shortcut="?" onSelect={onHelp}>
        Keyboard
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={signOut}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
