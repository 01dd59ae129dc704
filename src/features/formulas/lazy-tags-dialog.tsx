'use client';
import dynamic from 'next/dynamic';

/** Loaded when somebody gives tags. */
export const TagsDialog = dynamic(async () => (await import('./tags-dialog.tsx')).TagsDialog, { ssr: false });
