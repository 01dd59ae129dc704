import { setImmediate } from 'node:timers/promises';
import type { BarFile, ReadOptions } from '#core/market/read-csv.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import { asOfNow } from '../act/as-of-now.ts';
import type { Caller } from '../context.ts';
import { readUpload } from './read-upload.ts';

const PROGRESS_EVERY_BYTES = 1024 * 1024;

/**
 * Reads a file of bars as it comes, and tells how far it is. Throws INVALID with every kind of bad line; `done` says
 * what was not done because of them.
 */
export async function receiveFile(
  caller: Caller,
  { importId, done, ...said }: ReadOptions & { readonly importId: string; readonly done: 'imported' | 'added' },
  body: AsyncIterable<Uint8Array>,
): Promise<BarFile> {
  let told = 0;
  const progress = async (bytes: number, bars: number): Promise<void> => {
    // A file may come for a quarter of an hour.
    await asOfNow(caller, 'market.manage');
    if (bytes - told < PROGRESS_EVERY_BYTES) return;
    told = bytes;
    await act(caller, 'market.manage', async ({ happened }) =>
      happened('market.import-progressed', { importId, bytes, bars }),
    );
  };
  const upload = await readUpload(body, progress, said);
  if (!upload.ok) throw new AppError('INVALID', inWords(upload.error.problemCount, done), { ...upload.error });
  await setImmediate();
  if (upload.value.length === 0)
    throw new AppError('INVALID', 'The file has no bars.', {
      problems: [{ line: 1, message: 'The file has no bars.', count: 1 }],
      problemCount: 1,
    });
  return upload.value;
}

const inWords = (problems: number, done: string): string =>
  problems === 1
    ? `One line is not right; nothing was ${done}.`
    : `${problems.toLocaleString('en')} lines are not right; nothing was ${done}.`;
