'use client';
import dynamic from 'next/dynamic';
import { Skeleton } from '#ui/feedback/skeleton.tsx';

/**
 * The builder lives in the browser alone: on the server its copy of Yjs would be a second one beside that of the shared
 * documents.
 */
export const BuilderPage = dynamic(async () => (await import('./builder-page.tsx')).BuilderPage, {
  ssr: false,
  loading: () => <Skeleton className="m-4 h-[80vh]" />,
});
