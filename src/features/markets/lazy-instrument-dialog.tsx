'use client';
import dynamic from 'next/dynamic';

/** Loaded when somebody describes an instrument. */
export const InstrumentDialog = dynamic(async () => (await import('./instrument-dialog.tsx')).InstrumentDialog, {
  ssr: false,
});
