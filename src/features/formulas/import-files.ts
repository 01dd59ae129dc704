import { FILE_EXTENSIONS, LARGEST_FILE } from '#core/formula/check/read-file.ts';
import { explainError, problemsOf } from '#trpc/explain-error.ts';

export type FileOutcome =
  | { readonly state: 'waiting' | 'sending' }
  | { readonly state: 'imported'; readonly id: string; readonly name: string; readonly warnings: readonly string[] }
  | {
      readonly state: 'refused';
      readonly message: string;
      readonly problems: readonly string[];
      readonly problemCount: number;
    };

interface Sent {
  readonly id: string;
  readonly name: string;
  readonly warnings: readonly string[];
}

export type Send = (file: { readonly fileName: string; readonly text: string }) => Promise<Sent>;

/** More files than this at once are a mistake, rather. */
export const MOST_FILES = 50;
const MEGABYTES = LARGEST_FILE / 1_000_000;

export const WHAT_IS_TAKEN = `Code (.loom, .txt) or JSON (.json), up to ${MEGABYTES} MB each, ${MOST_FILES} at once`;

const refused = (message: string): FileOutcome => ({ state: 'refused', message, problems: [], problemCount: 0 });

/** Sends one file; whatever goes wrong is its outcome. */
export async function importFile(file: File, send: Send): Promise<FileOutcome> {
  if (!FILE_EXTENSIONS.some((extension) => file.name.toLowerCase().endsWith(extension)))
    return refused(`Only ${FILE_EXTENSIONS.join(', ')} are taken.`);
  if (file.size > LARGEST_FILE) return refused(`The file is larger than ${MEGABYTES} MB.`);
  const text = await file.text().catch(() => null);
  if (text === null) return refused('The file can not be read here.');
  try {
    return { state: 'imported', ...(await send({ fileName: file.name, text })) };
  } catch (error) {
    const problems = problemsOf(error);
    return problems
      ? { state: 'refused', message: error instanceof Error ? error.message : '', ...problems }
      : refused(explainError(error).advice);
  }
}
