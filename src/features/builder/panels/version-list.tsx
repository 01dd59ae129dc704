'use client';
import { useState } from 'react';
import { HistoryPanel } from '#features/history/index.ts';
import { VersionDialog } from './version-dialog.tsx';

interface Shown {
  readonly id: string;
  readonly number: number;
  readonly message: string;
}

/** The formula's versions, the newest first; one of them beside what has changed since. */
export function VersionList({ formulaId }: { readonly formulaId: string }) {
  const [shown, show] = useState<Shown | null>(null);
  return (
    <>
      <HistoryPanel formulaId={formulaId} onShow={show} />
      {shown ? (
        <VersionDialog id={shown.id} number={shown.number} message={shown.message} onClose={() => show(null)} />
      ) : null}
    </>
  );
}
