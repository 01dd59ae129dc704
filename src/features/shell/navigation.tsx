'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTRPC } from '#trpc/client.ts';
import { Tooltip } from '#ui/feedback/tooltip.tsx';
import { cx } from '#ui/format/cx.ts';
import { PLACES, type Place } from './places.tsx';

export interface NavigationProps {
  /** Icons only. */
  readonly narrow: boolean;
  readonly onNavigate?: () => void;
}

export function Navigation({ narrow, onNavigate }: NavigationProps) {
  return (
    <nav aria-label="Main" className="flex-1 overflow-y-auto px-2 pb-2">
      {PLACES.map((group) => (
        <div key={group.title} role="group" aria-label={group.title} className="mb-3">
          {narrow ? (
            <div className="mx-2 mb-2 border-t first:hidden" />
          ) : (
            <p className="px-2 pt-1 pb-1 text-2xs font-medium text-faint" aria-hidden>
              {group.title}
            </p>
          )}
          <ul className="space-y-px">
            {group.places.map((place) => (
              <li key={place.href}>
                {narrow ? (
                  <Tooltip label={place.title} side="right" shortcut={place.shortcut}>
                    <PlaceLink place={place} narrow {...(onNavigate ? { onNavigate } : {})} />
                  </Tooltip>
                ) : (
                  <PlaceLink place={place} narrow={false} {...(onNavigate ? { onNavigate } : {})} />
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

/** How much of a place waits for this person. */
function useWaiting({ counts }: Place): number {
  const trpc = useTRPC();
  const { data } = useQuery({ ...trpc.review.counts.queryOptions(), enabled: counts === 'reviews' });
  return counts === 'reviews' ? (data?.waiting ?? 0) : 0;
}

interface PlaceLinkProps extends NavigationProps {
  readonly place: Place;
}

function PlaceLink({ place, narrow, onNavigate, ...rest }: PlaceLinkProps) {
  const pathname = usePathname();
  const waiting = useWaiting(place);
  const here = pathname === place.href || pathname.startsWith(`${place.href}/`);
  return (
    <Link
      {...rest}
      href={place.href}
      aria-current={here ? 'page' : undefined}
      aria-label={narrow ? `${place.title}${waiting > 0 ? `, ${waiting} waiting for you` : ''}` : undefined}
      {...(onNavigate ? { onClick: onNavigate } : {})}
      className={cx(
        'flex h-8 items-center gap-2.5 rounded-md px-2 font-medium transition-colors md:h-7.5 [&_svg]:size-4 [&_svg]:shrink-0',
        narrow && 'justify-center px-0',
        here
          ? 'bg-hover text-ink [&_svg]:text-accent-text'
          : 'text-muted hover:bg-hover hover:text-ink [&_svg]:text-faint',
      )}
    >
      <span className="relative">
        {place.icon}
        {narrow && waiting > 0 ? (
          <span className="absolute -top-1 -right-1 size-2 rounded-full bg-accent" aria-hidden />
        ) : null}
      </span>
      {narrow ? null : <span className="flex-1">{place.title}</span>}
      {!narrow && waiting > 0 ? (
        <span
          className="tabular grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[10px] leading-none font-semibold text-on-accent"
          aria-label={`${waiting} waiting for you`}
        >
          {waiting}
        </span>
      ) : null}
    </Link>
  );
}
