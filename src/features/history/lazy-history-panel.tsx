'use client';
import dynamic from 'next/dynamic';
import { Skeleton } from '#ui/feedback/skeleton.tsx';

/** Apart from the page of the history, which does not show it. */
export const HistoryPanel = dynamic(async () => (await import('./history-panel.tsx')).HistoryPanel, {
  ssr: false,
  loading: () => <Skeleton className="m-4 h-40" />,
});
