'use client';
import type { ReactNode } from 'react';
import { FILE_EXTENSIONS } from '#core/formula/check/read-file.ts';
import { useDenial } from '#features/shell/index.ts';
import { Button } from '#ui/controls/button.tsx';
import { FileDrop } from '#ui/controls/file-drop.tsx';
import { FilePicker } from '#ui/controls/file-picker.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { WHAT_IS_TAKEN } from './import-files.ts';
import { ImportReport } from './import-report.tsx';
import { useImports } from './use-imports.ts';

interface FormulaImportProps {
  /** Whether the dialog is open; files that are dropped open it. */
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A part of the page on which files of formulas can be dropped, and the dialog that tells what becomes of them. */
export function FormulaImport({ open, onOpenChange, className, children }: FormulaImportProps) {
  const { files, add, clear } = useImports();
  const denied = useDenial('formula.edit');
  const isBusy = files.some(({ outcome }) => outcome.state === 'waiting' || outcome.state === 'sending');
  const take = (chosen: readonly File[]) => {
    if (denied !== undefined) return void toast.error('Your role does not allow this', { description: denied });
    if (chosen.length === 0) return;
    add(chosen);
    onOpenChange(true);
  };
  const change = (next: boolean) => {
    // What is still on its way goes on, and is told when the dialog is opened again.
    if (!next && !isBusy) clear();
    onOpenChange(next);
  };
  return (
    <FileDrop onFiles={take} label="Drop to import as strategies" className={className ?? ''}>
      {children}
      <Dialog
        open={open}
        onOpenChange={change}
        title="Import strategies"
        description="Each file becomes a strategy of its own. One with an error is refused whole, with all that is wrong."
        footer={
          <>
            <p role="status" className="mr-auto self-center text-muted">
              {summary(files.map(({ outcome }) => outcome.state))}
            </p>
            <Button look="primary" onClick={() => change(false)}>
              Done
            </Button>
          </>
        }
      >
        <div className="space-y-4">
          <FilePicker
            multiple
            title="Drop files here, or choose them"
            hint={WHAT_IS_TAKEN}
            accept={FILE_EXTENSIONS}
            onFiles={take}
          />
          {files.length > 0 ? <ImportReport files={files} onOpen={() => change(false)} /> : null}
        </div>
      </Dialog>
    </FileDrop>
  );
}

function summary(states: readonly string[]): string {
  const count = (state: string): number => states.filter((other) => other === state).length;
  const waiting = count('waiting') + count('sending');
  return [
    [count('imported'), 'imported'],
    [count('refused'), 'refused'],
    [waiting, 'to go'],
  ]
    .filter(([number]) => number !== 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
}
