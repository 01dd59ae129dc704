'use client';
import { useState } from 'react';
import { FILE_EXTENSIONS } from '#core/formula/check/read-file.ts';
import { newNodeId } from '#core/formula/model/node-id.ts';
import { FileDrop } from '#ui/controls/file-drop.tsx';
import { FilePicker } from '#ui/controls/file-picker.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { replaceWithFile } from '../replace-with-file.ts';
import { useFormulaSession } from '../session/use-session.ts';

interface ReplaceDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

interface Refusal {
  readonly fileName: string;
  readonly problems: readonly string[];
}

const PROBLEMS_SHOWN = 100;

/** Puts what a file says in the place of the formula, for everybody who is in it: one step of undo. */
export function ReplaceDialog({ open, onOpenChange }: ReplaceDialogProps) {
  const session = useFormulaSession();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const change = (next: boolean) => {
    setRefusal(null);
    onOpenChange(next);
  };
  const take = async ([file]: readonly File[]) => {
    if (!file) return;
    const text = await file.text().catch(() => null);
    const replacement =
      text === null ? null : replaceWithFile(session.snapshot().formula, text, () => newNodeId(Math.random));
    if (!replacement?.ok)
      return setRefusal({
        fileName: file.name,
        problems: replacement?.problems.map((problem) => problem.text) ?? ['The file can not be read here.'],
      });
    change(false);
    if (replacement.edits.length === 0) return void toast.info(`${file.name} says what the strategy says already`);
    session.edit(replacement.edits);
    toast.success(`Replaced with ${file.name}`, { action: { label: 'Undo', onClick: () => session.undo() } });
  };
  return (
    <FileDrop label="Drop to replace the strategy" onFiles={(files) => void take(files)} className="contents">
      <Dialog
        open={open}
        onOpenChange={change}
        title="Replace with a file"
        description="What the file says takes the place of this strategy, for everybody who is in it. Undo brings it back."
      >
        <div className="space-y-4">
          <FilePicker
            title="Drop a file here, or choose one"
            hint="Code (.loom, .txt) or JSON (.json), up to 4 MB"
            accept={FILE_EXTENSIONS}
            onFiles={(files) => void take(files)}
          />
          {refusal ? (
            <Problem title={`${refusal.fileName} was not taken`}>
              <ul className="mt-1 max-h-44 space-y-1 overflow-y-auto text-xs">
                {refusal.problems.slice(0, PROBLEMS_SHOWN).map((problem, index) => (
                  <li key={index} className="wrap-anywhere">
                    {problem}
                  </li>
                ))}
                {refusal.problems.length > PROBLEMS_SHOWN ? (
                  <li>… and {(refusal.problems.length - PROBLEMS_SHOWN).toLocaleString('en')} more.</li>
                ) : null}
              </ul>
            </Problem>
          ) : null}
        </div>
      </Dialog>
    </FileDrop>
  );
}
