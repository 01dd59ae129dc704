'use client';
import dynamic from 'next/dynamic';
import { Skeleton } from '#ui/feedback/skeleton.tsx';

/** In the browser alone, as the builder. */
export const SandboxPage = dynamic(async () => (await import('./sandbox-page.tsx')).SandboxPage, {
  ssr: false,
  loading: () => <Skeleton className="m-4 h-[90vh]" />,
});

export const ShownStrategy = dynamic(async () => (await import('./shown-strategy.tsx')).ShownStrategy, { ssr: false });
