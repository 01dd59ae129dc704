'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useSession } from '#features/shell/index.ts';
import { cx } from '#ui/format/cx.ts';
import { SETTINGS_PLACES } from './settings-places.ts';

/** The index above all pages of the settings. */
export function SettingsIndex({ children }: { readonly children: ReactNode }) {
  const { permissions } = useSession();
  const pathname = usePathname();
  const places = SETTINGS_PLACES.filter(
    ({ permission }) => permission === undefined || permissions.includes(permission),
  );
  return (
    <>
      <nav aria-label="Settings" className="flex gap-1 overflow-x-auto border-b px-3 md:px-5">
        {places.map(({ href, title }) => {
          const isHere = pathname === href;
          return (
            <Link
              key={href}
              href={href}
              aria-current={isHere ? 'page' : undefined}
              className={cx(
                '-mb-px flex h-10 shrink-0 items-center border-b-2 px-2 font-medium whitespace-nowrap -outline-offset-2',
                isHere ? 'border-accent-text text-ink' : 'border-transparent text-muted hover:text-ink',
              )}
            >
              {title}
            </Link>
          );
        })}
      </nav>
      {children}
    </>
  );
}
