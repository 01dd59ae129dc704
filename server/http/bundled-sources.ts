import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Of these everything counts: Next decides itself what it takes. */
const WHOLE = [
  'src',
  'public',
  'next.config.mjs',
  'postcss.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** `from '…'`, `import('…')`, `import '…'` and `new URL('…', import.meta.url)`. */
const IMPORT = /(?:\bfrom|\bimport|\bURL\()\s*\(?\s*'([^']+)'/g;

/**
 * The files that a production build is made of, by path: what stands in `src`, and what it imports of the other
 * folders, however far. A document, a test or a job that changes does not make a build stale.
 */
export async function bundledSources(): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  const waiting = (await Promise.all(WHOLE.map(filesUnder))).flat().filter((file) => !/\.test\.tsx?$|\.md$/.test(file));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (sources.has(file)) continue;
    const text = await readFile(file, 'latin1').catch(() => '');
    sources.set(file, text);
    if (/\.(?:tsx?|mjs)$/.test(file)) waiting.push(...importsOf(file, text));
  }
  return sources;
}

/** Aliases begin as in `imports` of package.json. Packages are in package-lock.json. */
function importsOf(file: string, text: string): readonly string[] {
  return [...text.matchAll(IMPORT)].flatMap(([, path = '']) => {
    if (path.startsWith('.')) return [join(dirname(file), path)];
    if (!path.startsWith('#')) return [];
    const [folder = ''] = path.slice(1).split('/');
    return [join(IN_SRC.has(folder) ? 'src' : '.', path.slice(1))];
  });
}

const IN_SRC: ReadonlySet<string> = new Set(['features', 'ui', 'commands', 'trpc']);

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null);
  if (entries === null) return [path];
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
