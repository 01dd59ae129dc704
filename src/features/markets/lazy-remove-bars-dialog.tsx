'use client';
import dynamic from 'next/dynamic';

/** Loaded when somebody removes bars, which few people ever do. */
export const RemoveBarsDialog = dynamic(async () => (await import('./remove-bars-dialog.tsx')).RemoveBarsDialog, {
  ssr: false,
});
