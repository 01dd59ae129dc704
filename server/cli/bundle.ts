import { mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/** Where things are, as paths. */
interface Places {
  readonly root: string;
  /** The folder of the bundle; its `cli.js` is the command. */
  readonly folder: string;
  /** The list of the files that the bundle is made from, as old as the moment before they were read. */
  readonly inputs: string;
}

/** Makes few files of many. What starts threads stays out of them: a thread begins in a source file of its own. */
export async function bundle({ root, folder, inputs }: Places): Promise<void> {
  const begin = new Date();
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['server/cli.ts'],
    outdir: folder,
    bundle: true,
    // What one subcommand alone needs is not loaded for the others.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: ['#server/jobs/*'],
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  await mkdir(folder, { recursive: true });
  const made = new Set(outputFiles.map(({ path }) => basename(path)));
  // The chunks before the file that imports them, the list last.
  for (const { path, contents } of outputFiles.toReversed()) await put(path, contents);
  await put(inputs, JSON.stringify(Object.keys(metafile.inputs)), begin);
  for (const name of await readdir(folder)) if (name.endsWith('.js') && !made.has(name)) await rm(join(folder, name), { force: true });
}

/** In one step: another process may be reading it. */
async function put(path: string, content: string | Uint8Array, time?: Date): Promise<void> {
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, content);
  if (time) await utimes(fresh, time, time);
  await rename(fresh, path);
}
