import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));
const journal = z.looseObject({ entries: z.array(z.looseObject({ idx: z.number(), tag: z.string() })) });

/** A folder with our migrations up to the one named `last`, for whoever wants the database of an older version. */
export async function migrationsUpTo(last: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'alphaloom-migrations-'));
  await cp(MIGRATIONS, folder, { recursive: true });
  const file = join(folder, 'meta', '_journal.json');
  const { entries, ...rest } = journal.parse(JSON.parse(await readFile(file, 'utf8')));
  const end = entries.find(({ tag }) => tag.endsWith(`_${last}`));
  if (!end) throw new Error(`there is no migration “${last}”`);
  await writeFile(file, JSON.stringify({ ...rest, entries: entries.filter(({ idx }) => idx <= end.idx) }));
  return folder;
}
