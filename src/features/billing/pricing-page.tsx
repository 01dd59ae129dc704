'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { Logo } from '#ui/layout/logo.tsx';
import { PlanTable } from './plan-table.tsx';

/** What each plan allows and costs, for everybody. */
export function PricingPage() {
  const trpc = useTRPC();
  const plans = useQuery(trpc.billing.plans.queryOptions());
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between px-6 py-4 md:px-10">
        <Link href="/" className="rounded-sm">
          <Logo />
        </Link>
        <nav className="flex gap-2" aria-label="Account">
          <Button look="quiet" asChild>
            <Link href="/sign-in">Sign in</Link>
          </Button>
          <Button look="primary" asChild>
            <Link href="/register">Create an account</Link>
          </Button>
        </nav>
      </header>
      <main className="mx-auto w-full max-w-300 flex-1 px-6 py-8 md:px-10">
        <h1 className="text-2xl font-semibold">Plans and prices</h1>
        <p className="mt-1 mb-6 text-base text-muted text-pretty">
          Looking at a strategy while you write it costs nothing on every plan: that is computed in your browser.
        </p>
        {plans.isError ? (
          <Problem
            title={explainError(plans.error).title}
            action={
              <Button size="sm" onClick={() => void plans.refetch()}>
                Try again
              </Button>
            }
          >
            {explainError(plans.error).advice}
          </Problem>
        ) : null}
        {plans.isPending ? <SkeletonRows rows={10} /> : null}
        {plans.data ? (
          <PlanTable
            plans={plans.data}
            action={({ title }) => (
              <Button asChild>
                <Link href="/register" aria-label={`Begin with ${title}`}>
                  Begin
                </Link>
              </Button>
            )}
          />
        ) : null}
        <p className="mt-6 text-sm text-muted text-pretty">
          Everybody begins with what costs nothing; an owner takes a larger plan in the settings. A day begins at
          midnight UTC, a month on its first. Taxes are added where they are due. A smaller plan freezes bots that are
          too many, and deletes nothing but signals that are older than the plan keeps.
        </p>
      </main>
      <footer className="border-t px-6 py-4 text-xs text-faint md:px-10">
        Not investment advice. Past prices promise nothing.
      </footer>
    </div>
  );
}
