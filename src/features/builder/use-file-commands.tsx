'use client';
import { Braces, Clipboard, FileCode2, FileInput, FileUp } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { toJson } from '#core/formula/json/json.ts';
import { print } from '#core/formula/language/print.ts';
import { copyFormula, saveFormula, type ExportedFormula } from '#features/formulas/index.ts';
import { useFormulaSession } from './session/use-session.ts';

/** The formula as this person sees it at the moment, in every form in which it may leave; nothing is waited for. */
export function useExport(name: string): () => Promise<ExportedFormula> {
  const session = useFormulaSession();
  return useCallback(async () => {
    const { formula } = session.snapshot();
    return { name, code: print(formula), json: toJson(formula) };
  }, [session, name]);
}

interface FileCommands {
  readonly name: string;
  readonly canEdit: boolean;
  readonly onImport: () => void;
  readonly onReplace: () => void;
}

/** Export and import by the palette. */
export function useFileCommands({ name, canEdit, onImport, onReplace }: FileCommands): void {
  const load = useExport(name);
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'formula.save.code',
          title: 'Save as a file of code',
          group: 'Strategy',
          icon: <FileCode2 />,
          keywords: ['export', 'download', 'loom'],
          run: () => void load().then((formula) => saveFormula(formula, 'code')),
        },
        {
          id: 'formula.save.json',
          title: 'Save as a file of JSON',
          group: 'Strategy',
          icon: <Braces />,
          keywords: ['export', 'download'],
          run: () => void load().then((formula) => saveFormula(formula, 'json')),
        },
        {
          id: 'formula.copy.code',
          title: 'Copy as code',
          group: 'Strategy',
          icon: <Clipboard />,
          keywords: ['export', 'clipboard'],
          run: () => void copyFormula(load(), 'code'),
        },
        {
          id: 'formula.copy.json',
          title: 'Copy as JSON',
          group: 'Strategy',
          icon: <Clipboard />,
          keywords: ['export', 'clipboard'],
          run: () => void copyFormula(load(), 'json'),
        },
        {
          id: 'formula.replace',
          title: 'Replace with a file',
          group: 'Strategy',
          icon: <FileInput />,
          keywords: ['import', 'json', 'loom'],
          when: () => canEdit,
          run: onReplace,
        },
        {
          id: 'formula.import',
          title: 'Import strategies from files',
          group: 'Create',
          icon: <FileUp />,
          keywords: ['json', 'loom', 'upload'],
          when: () => canEdit,
          run: onImport,
        },
      ],
      [load, canEdit, onImport, onReplace],
    ),
  );
}
