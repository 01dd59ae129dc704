import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '#ui/controls/button.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Logo } from '#ui/layout/logo.tsx';

interface TroubleProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
  /** What else can be done here. */
  readonly action?: ReactNode;
  /** A page of its own, with the way home; inside the frame of the product that is there already. */
  readonly isPage?: boolean;
}

/** Stands where a page would be that is not there, or that broke. */
export function Trouble({ icon, title, children, action, isPage = false }: TroubleProps) {
  const state = (
    <EmptyState
      icon={icon}
      heading="h1"
      title={title}
      action={
        <>
          {action}
          <Button look={action ? 'secondary' : 'primary'} asChild>
            <Link href="/formulas">All strategies</Link>
          </Button>
        </>
      }
    >
      {children}
    </EmptyState>
  );
  if (!isPage) return state;
  return (
    <div className="flex min-h-dvh flex-col px-6 py-6 sm:px-10">
      <header>
        <Link href="/" className="inline-block rounded-sm">
          <Logo />
        </Link>
      </header>
      <main className="flex flex-1 flex-col justify-center">{state}</main>
    </div>
  );
}
