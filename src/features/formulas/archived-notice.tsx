'use client';
import { Archive } from 'lucide-react';
import { useDenial } from '#features/shell/index.ts';
import { Button } from '#ui/controls/button.tsx';
import { Age } from '#ui/data/time.tsx';
import { useArchive } from './use-archive.ts';

interface ArchivedNoticeProps {
  readonly formula: { readonly id: string; readonly name: string; readonly archivedAt: number };
}

/** Says above an archived formula that it is one. */
export function ArchivedNotice({ formula }: ArchivedNoticeProps) {
  const { restore, isPending } = useArchive(formula);
  return (
    <div
      role="status"
      aria-label="Archived"
      className="flex shrink-0 items-center gap-2.5 border-b bg-sunken px-3 py-1.5 text-muted"
    >
      <Archive className="size-4 shrink-0" aria-hidden />
      <p className="min-w-0 flex-1">
        <span className="font-medium text-ink">This strategy is archived</span> since <Age value={formula.archivedAt} />
        : it is in no list but that of archived ones.
      </p>
      <Button busy={isPending} denied={useDenial('formula.edit')} onClick={restore}>
        Restore
      </Button>
    </div>
  );
}
