'use client';
import dynamic from 'next/dynamic';
import { Skeleton } from '#ui/feedback/skeleton.tsx';

/** In the browser alone, as the builder: the page draws on a canvas, and reads shared documents. */
export const ComparePage = dynamic(async () => (await import('./compare-page.tsx')).ComparePage, {
  ssr: false,
  loading: () => <Skeleton className="m-4 h-[80vh]" />,
});
