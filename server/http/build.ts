import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environment } from '../config/environment.ts';
import { bundledSources } from './bundled-sources.ts';

/** Says what the build was made of: a change in any of it makes the build stale. */
const STAMP = join('.next', 'alphaloom-sources');

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const [file, text] of [...(await bundledSources())].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${file}\0`).update(text).update('\0');
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
