import { execFile } from 'node:child_process';
import { mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { build, type BuildOptions } from 'esbuild';
import type { Places } from './is-fresh.mjs';

/**
 * What starts threads stays out of a bundle: a thread begins in a source file of its own. So does what one rare command
 * takes of the server.
 */
const COMMON = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  external: ['#server/compute/*', '#server/audit-command.ts'],
  metafile: true,
  write: false,
  logLevel: 'silent',
} as const satisfies BuildOptions;

/** Makes few files of many, and a snapshot for what is to be fastest. Their entry is `cli.js`. */
export async function bundle({ root, folder, snapshot, inputs }: Places): Promise<void> {
  const begin = new Date();
  const [{ outputFiles, metafile }, started] = await Promise.all([
    // Split, so that what one subcommand alone needs is not loaded for the others.
    build({
      ...COMMON,
      absWorkingDir: root,
      outdir: folder,
      entryPoints: ['cli/cli.ts'],
      splitting: true,
      format: 'esm',
    }),
    build({ ...COMMON, absWorkingDir: root, outdir: folder, entryPoints: ['cli/snapshot.ts'], format: 'cjs' }),
  ]);
  await mkdir(folder, { recursive: true });
  const made = new Set(outputFiles.map(({ path }) => basename(path)));
  // The chunks before the file that imports them, the list last.
  for (const { path, contents } of outputFiles.toReversed()) await put(path, contents);
  await takeSnapshot(snapshot, started.outputFiles.map(({ text }) => text).join(''));
  await put(inputs, JSON.stringify(Object.keys({ ...metafile.inputs, ...started.metafile.inputs })), begin);
  for (const name of await readdir(folder))
    if (name.endsWith('.js') && !made.has(name)) await rm(join(folder, name), { force: true });
}

async function takeSnapshot(path: string, script: string): Promise<void> {
  const [source, fresh] = [`${path}.${process.pid}.cjs`, `${path}.${process.pid}`];
  await writeFile(source, script);
  try {
    await promisify(execFile)(process.execPath, [
      '--no-flush-bytecode',
      '--snapshot-blob',
      fresh,
      '--build-snapshot',
      source,
    ]);
    await rename(fresh, path);
  } finally {
    await rm(source);
  }
}

/** In one step: another process may be reading it. */
async function put(path: string, content: string | Uint8Array, time?: Date): Promise<void> {
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, content);
  if (time) await utimes(fresh, time, time);
  await rename(fresh, path);
}
