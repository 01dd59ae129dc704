import { copyText } from '#ui/browser/copy-text.ts';
import { saveFile } from '#ui/browser/save-file.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { fileNameOf } from './file-name.ts';

/** A formula in the forms in which it leaves Alphaloom. */
export interface ExportedFormula {
  readonly name: string;
  readonly code: string;
  readonly json: string;
}

export type ExportFormat = 'code' | 'json';

const FORMATS = {
  code: { extension: '.loom', type: 'text/plain;charset=utf-8', title: 'Code' },
  json: { extension: '.json', type: 'application/json', title: 'JSON' },
} as const satisfies Record<ExportFormat, unknown>;

export function saveFormula(formula: ExportedFormula, format: ExportFormat): void {
  const { extension, type } = FORMATS[format];
  saveFile(fileNameOf(formula.name) + extension, formula[format], type);
}

/** A strategy with its versions, as `core/history` writes it. */
export function saveHistory({ name, text }: { readonly name: string; readonly text: string }): void {
  saveFile(`${fileNameOf(name)}.history.json`, text, 'application/json');
}

export async function copyFormula(formula: Promise<ExportedFormula>, format: ExportFormat): Promise<void> {
  const { title } = FORMATS[format];
  if (await copyText(formula.then((exported) => exported[format]))) toast.success(`${title} copied`);
  else
    toast.error(`${title} could not be copied`, {
      description: 'The browser did not allow it. Save it as a file instead.',
    });
}
