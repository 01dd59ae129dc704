'use client';
import { DoorClosed } from 'lucide-react';
import Link from 'next/link';
import { Button } from '#ui/controls/button.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';

const TITLES: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'You are signed out',
  FORBIDDEN: 'You may not open this strategy',
  NOT_FOUND: 'There is no such strategy',
};

/**
 * Whether the server has ended the connection for a reason that lasts, so that there is nothing to be seen any more.
 */
export const isClosed = (code: string | undefined): boolean => code !== undefined && code in TITLES;

/** What stands in the builder's place then. */
export function ClosedFormula({ code, message }: { readonly code: string; readonly message: string }) {
  const action =
    code === 'UNAUTHENTICATED' ? (
      <Button look="primary" asChild>
        <Link href={`/sign-in?next=${encodeURIComponent(location.pathname)}`}>Sign in</Link>
      </Button>
    ) : (
      <Button look="primary" asChild>
        <Link href="/formulas">All strategies</Link>
      </Button>
    );
  return (
    <div className="h-full">
      <EmptyState icon={<DoorClosed />} title={TITLES[code] ?? 'This strategy is closed'} action={action}>
        {message}
      </EmptyState>
    </div>
  );
}
