'use client';
import { Braces, Clipboard, FileCode2, History } from 'lucide-react';
import { explainError } from '#trpc/explain-error.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { MenuItem, MenuLabel } from '#ui/overlays/menu.tsx';
import { copyFormula, saveFormula, saveHistory, type ExportedFormula, type ExportFormat } from './export-file.ts';

interface ExportItemsProps {
  readonly load: () => Promise<ExportedFormula>;
  /** The strategy with its versions, as the text of a file. */
  readonly loadHistory: () => Promise<{ readonly name: string; readonly text: string }>;
}

/** The items of a menu by which a formula leaves: as a file or over the clipboard. */
export function ExportItems({ load, loadHistory }: ExportItemsProps) {
  const failed = (error: unknown) => {
    const { title, advice } = explainError(error);
    toast.error(title, { description: advice });
  };
  const save = (format: ExportFormat) => {
    load().then((formula) => saveFormula(formula, format), failed);
  };
  return (
    <>
      <MenuLabel>Export</MenuLabel>
      <MenuItem icon={<FileCode2 />} onSelect={() => save('code')}>
        Save as code (.loom)
      </MenuItem>
      <MenuItem icon={<Braces />} onSelect={() => save('json')}>
        Save as JSON (.json)
      </MenuItem>
      <MenuItem icon={<History />} onSelect={() => void loadHistory().then(saveHistory, failed)}>
        Save with its history (.json)
      </MenuItem>
      <MenuItem icon={<Clipboard />} onSelect={() => void copyFormula(load(), 'code')}>
        Copy as code
      </MenuItem>
      <MenuItem icon={<Clipboard />} onSelect={() => void copyFormula(load(), 'json')}>
        Copy as JSON
      </MenuItem>
    </>
  );
}
