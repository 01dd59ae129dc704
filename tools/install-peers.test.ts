import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()).default({}),
});
const read = async (file: string) => manifest.parse(JSON.parse(await readFile(file, 'utf8')));

test('what only benchmarks need is not in the main install, and has exact versions', async () => {
  const [main, peers] = [await read('package.json'), await read('tools/peers/package.json')];
  const all = { ...main.dependencies, ...main.devDependencies };
  expect(Object.keys(peers.dependencies).filter((name) => Object.hasOwn(all, name))).toEqual([]);
  for (const [name, version] of Object.entries(peers.dependencies)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
});

test('the packages share yjs with the benchmarks', async () => {
  const { packages } = z
    .object({ packages: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(await readFile('tools/peers/package-lock.json', 'utf8')));
  expect(Object.keys(packages)).not.toContain('node_modules/yjs');
});
