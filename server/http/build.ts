import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environment } from '../config/environment.ts';

/** What the production build is made from; a change in any of these makes it stale. */
const SOURCES = [
  'core',
  'collab',
  'src',
  'server',
  'public',
  'next.config.mjs',
  'postcss.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const STAMP = join('.next', 'alphaloom-sources');

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null);
  if (entries === null) return [path];
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function hashSources(): Promise<string> {
  const files = (await Promise.all(SOURCES.map(filesUnder)))
    .flat()
    .filter((file) => !file.endsWith('.test.ts'))
    .sort();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(await readFile(file).catch(() => ''))
      .update('\0');
  return hash.digest('hex');
}

export async function isBuildFresh(): Promise<boolean> {
  const [stamp, sources] = await Promise.all([readFile(STAMP, 'utf8').catch(() => ''), hashSources()]);
  return stamp === sources;
}

/** Runs `next build`; throws with its output when it fails. `signal` ends it. */
export async function build(signal: AbortSignal): Promise<void> {
  const sources = await hashSources();
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment, NEXT_TELEMETRY_DISABLED: '1' },
    // A group of its own: Ctrl-C reaches this process alone, which then ends the build with all its workers.
    detached: true,
  });
  const end = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  signal.addEventListener('abort', end, { once: true });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  signal.removeEventListener('abort', end);
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`The build failed:\n${output.trim()}`);
  await writeFile(STAMP, sources);
}
