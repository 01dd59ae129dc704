'use client';
import dynamic from 'next/dynamic';
import { Skeleton } from '#ui/feedback/skeleton.tsx';

/** In the browser alone, as the builder: both read the shared document. */
export const ReviewPage = dynamic(async () => (await import('./review-page.tsx')).ReviewPage, {
  ssr: false,
  loading: () => <Skeleton className="m-4 h-[80vh]" />,
});
