import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from '#ui/layout/logo.tsx';
import { Weave } from './weave.tsx';

interface AccessFrameProps {
  readonly title: string;
  readonly lead: ReactNode;
  /** Where else to go: the line below the form. */
  readonly elsewhere: ReactNode;
  readonly children: ReactNode;
}

/** The pages before one is signed in: a form, and the cloth beside it. */
export function AccessFrame({ title, lead, elsewhere, children }: AccessFrameProps) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
      <div className="flex flex-col px-6 py-6 sm:px-10">
        <Link href="/" className="self-start rounded-sm">
          <Logo />
        </Link>
        <main className="mx-auto flex w-full max-w-90 flex-1 flex-col justify-center py-10">
          <h1 className="text-2xl font-semibold">{title}</h1>
          <p className="mt-1 mb-6 text-base text-muted text-pretty">{lead}</p>
          {children}
          <p className="mt-6 text-muted">{elsewhere}</p>
        </main>
      </div>
      <div className="relative hidden overflow-hidden border-l bg-sunken lg:block" aria-hidden>
        <Weave />
      </div>
    </div>
  );
}
