'use client';
import dynamic from 'next/dynamic';

/** Loaded when somebody imports from another page than that of the markets: it reads files. */
export const ImportDialog = dynamic(async () => (await import('./import-dialog.tsx')).ImportDialog, { ssr: false });
