'use client';
import { useQuery } from '@tanstack/react-query';
import { Bell } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { Button } from '#ui/controls/button.tsx';
import { Popover } from '#ui/overlays/popover.tsx';
import { NotificationList } from './notification-list.tsx';

const MOST_COUNTED = 99;

/** How much there is that this person has not read; opens the list. */
export function NotificationBell({ side }: { readonly side: 'bottom' | 'right' }) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const told = useQuery(trpc.notification.list.queryOptions());
  const unread = told.data?.unread ?? 0;
  const count = unread > MOST_COUNTED ? `${MOST_COUNTED}+` : String(unread);
  const trigger = (
    <Button
      look="quiet"
      className="relative w-8 px-0!"
      aria-label={unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`}
      title="Notifications"
    >
      <Bell />
      {unread > 0 ? (
        <span
          className="tabular absolute -top-0.5 -right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[10px] leading-none font-semibold text-on-accent"
          aria-hidden
        >
          {count}
        </span>
      ) : null}
    </Button>
  );
  return (
    <Popover
      trigger={trigger}
      side={side}
      align="start"
      label="Notifications"
      open={open}
      onOpenChange={setOpen}
      className="flex max-h-[min(520px,80vh)] w-[min(380px,calc(100vw-16px))] flex-col"
    >
      <NotificationList onLeave={() => setOpen(false)} />
    </Popover>
  );
}
