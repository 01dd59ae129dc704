import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('peers', import.meta.url));

/** What npm writes when it has installed, and the lockfile that it installs from. */
const INSTALLED = `${FOLDER}/node_modules/.package-lock.json`;
const LOCKED = `${FOLDER}/package-lock.json`;

const versionsIn = async (file: string): Promise<string | null> => {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const { packages } = JSON.parse(text) as { packages: Record<string, { version?: string; optional?: boolean }> };
  return Object.entries(packages)
    .filter(([path, { optional }]) => path !== '' && !optional)
    .map(([path, { version }]) => `${path} ${version ?? ''}`)
    .toSorted()
    .join('\n');
};

/**
 * Installs the packages that benchmarks are held beside, unless the versions of the lockfile are there: they stay out
 * of the main install, where nobody else needs them.
 */
export async function installPeers(): Promise<void> {
  if ((await versionsIn(INSTALLED)) === (await versionsIn(LOCKED))) return;
  process.stdout.write('Installing what others made, for comparison (tools/peers) …\n');
  const code = await new Promise<number | null>((resolve, reject) => {
    spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: FOLDER, stdio: 'inherit' })
      .once('error', reject)
      .once('close', resolve);
  });
  if (code !== 0) throw new Error('The packages of tools/peers can not be installed: run `npm ci` there to see why.');
}
