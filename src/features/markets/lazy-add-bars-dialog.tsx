'use client';
import dynamic from 'next/dynamic';

/** Loaded when somebody adds bars: what checks the server's answers is as large as a chart. */
export const AddBarsDialog = dynamic(async () => (await import('./add-bars-dialog.tsx')).AddBarsDialog, { ssr: false });
