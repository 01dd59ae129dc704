'use client';
import { Menu as MenuIcon, Search, X } from 'lucide-react';
import Link from 'next/link';
import { Dialog } from 'radix-ui';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Logo } from '#ui/layout/logo.tsx';
import { ConnectionState } from './connection-state.tsx';
import { Navigation } from './navigation.tsx';
import { NotificationBell } from './notifications/notification-bell.tsx';
import { OrganisationMenu } from './organisations/organisation-menu.tsx';
import { UserMenu } from './user-menu.tsx';

export interface TopBarProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onSearch: () => void;
  readonly onHelp: () => void;
}

/** The shell of narrow screens: a bar, and the navigation as a drawer. */
export function TopBar({ open, onOpenChange, onSearch, onHelp }: TopBarProps) {
  return (
    <header className="flex h-12 shrink-0 items-center justify-between border-b px-2 md:hidden">
      <IconButton label="Open the navigation" onClick={() => onOpenChange(true)}>
        <MenuIcon />
      </IconButton>
      <Link href="/formulas" className="rounded-sm">
        <Logo />
      </Link>
      <span className="flex">
        <NotificationBell side="bottom" />
        <IconButton label="Commands" onClick={onSearch}>
          <Search />
        </IconButton>
      </span>
      <Dialog.Root open={open} onOpenChange={onOpenChange}>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 bg-overlay md:hidden" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed inset-y-0 left-0 z-40 flex w-64 flex-col bg-canvas shadow-float outline-none md:hidden"
          >
            <div className="flex h-12 items-center justify-between pr-2 pl-4">
              <Dialog.Title className="sr-only">Navigation</Dialog.Title>
              <OrganisationMenu narrow={false} />
              <Dialog.Close asChild>
                <IconButton label="Close the navigation">
                  <X />
                </IconButton>
              </Dialog.Close>
            </div>
            <Navigation narrow={false} onNavigate={() => onOpenChange(false)} />
            <div className="border-t p-2">
              <ConnectionState narrow={false} />
              <UserMenu narrow={false} onHelp={onHelp} />
            </div>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </header>
  );
}
