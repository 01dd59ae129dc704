'use client';
import { PanelLeft, Search } from 'lucide-react';
import Link from 'next/link';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { cx } from '#ui/format/cx.ts';
import { Kbd } from '#ui/layout/kbd.tsx';
import { Logo, Mark } from '#ui/layout/logo.tsx';
import { ConnectionState } from './connection-state.tsx';
import { Navigation } from './navigation.tsx';
import { NotificationBell } from './notifications/notification-bell.tsx';
import { OrganisationMenu } from './organisations/organisation-menu.tsx';
import { UserMenu } from './user-menu.tsx';

export interface SidebarProps {
  readonly narrow: boolean;
  readonly onToggle: () => void;
  readonly onSearch: () => void;
  readonly onHelp: () => void;
}

export function Sidebar({ narrow, onToggle, onSearch, onHelp }: SidebarProps) {
  return (
    <aside data-pane className={cx('hidden shrink-0 flex-col border-r bg-canvas md:flex', narrow ? 'w-13' : 'w-54')}>
      <div className={cx('flex h-12 items-center', narrow ? 'justify-center' : 'justify-between pr-2 pl-3.5')}>
        {narrow ? (
          <Link href="/formulas" aria-label="Alphaloom" className="rounded-sm">
            <Mark size={22} />
          </Link>
        ) : (
          <Link href="/formulas" className="rounded-sm">
            <Logo />
          </Link>
        )}
        {narrow ? null : (
          <span className="flex items-center">
            <NotificationBell side="bottom" />
            <IconButton size="sm" label="Hide the navigation" shortcut="mod+b" onClick={onToggle}>
              <PanelLeft />
            </IconButton>
          </span>
        )}
      </div>
      <div className="px-2 pb-3">
        {narrow ? null : (
          <div className="pb-2">
            <OrganisationMenu narrow={false} />
          </div>
        )}
        {narrow ? (
          <div className="flex flex-col items-center gap-1">
            <IconButton label="Show the navigation" shortcut="mod+b" onClick={onToggle}>
              <PanelLeft />
            </IconButton>
            <OrganisationMenu narrow />
            <IconButton label="Commands" shortcut="mod+k" onClick={onSearch}>
              <Search />
            </IconButton>
            <NotificationBell side="right" />
          </div>
        ) : (
          <button
            type="button"
            onClick={onSearch}
            className="flex h-8 w-full items-center gap-2 rounded-md border bg-surface px-2 text-muted shadow-raised hover:border-line-strong"
          >
            <Search className="size-3.5" aria-hidden />
            <span className="flex-1 text-left">Commands</span>
            <Kbd keys="mod+k" />
          </button>
        )}
      </div>
      <Navigation narrow={narrow} />
      <div className={cx('border-t p-2', narrow && 'flex flex-col items-center gap-1')}>
        <ConnectionState narrow={narrow} />
        <UserMenu narrow={narrow} onHelp={onHelp} />
      </div>
    </aside>
  );
}
