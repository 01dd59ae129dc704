import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';

const BUILD = '.next';
const routesShape = z.record(z.string(), z.string());
const buildShape = z.object({ rootMainFiles: z.array(z.string()) });
const pageShape = z.object({
  entryJSFiles: z.record(z.string(), z.array(z.string())),
  entryCSSFiles: z.record(z.string(), z.array(z.object({ path: z.string() }))),
});

const read = (...path: readonly string[]): Promise<string> => readFile(join(BUILD, ...path), 'utf8');

/** Parts that a page shows only when something went wrong. Next loads each then. */
const isForTrouble = (entry: string): boolean => /\/(error|global-error|not-found)$/.test(entry);

/**
 * Bytes of the first load by address, as gzip makes them: the scripts of every page, and those of the page and of the
 * layouts around it.
 */
export async function firstLoads(): Promise<ReadonlyMap<string, number>> {
  const routes = routesShape.parse(JSON.parse(await read('app-path-routes-manifest.json')));
  const { rootMainFiles } = buildShape.parse(JSON.parse(await read('build-manifest.json')));
  const sizes = new Map<string, number>();
  const sizeOf = async (file: string): Promise<number> => {
    const size = sizes.get(file) ?? gzipSync(await readFile(join(BUILD, file))).length;
    sizes.set(file, size);
    return size;
  };
  const loads = new Map<string, number>();
  for (const [page, route] of Object.entries(routes)) {
    if (!page.endsWith('/page') || route.startsWith('/_')) continue;
    const { entryJSFiles, entryCSSFiles } = await manifestOf(page);
    const files = new Set(rootMainFiles);
    for (const [entry, scripts] of Object.entries(entryJSFiles))
      if (!isForTrouble(entry)) scripts.forEach((file) => files.add(file));
    for (const [entry, styles] of Object.entries(entryCSSFiles))
      if (!isForTrouble(entry)) styles.forEach(({ path }) => files.add(path));
    let total = 0;
    for (const file of files) total += await sizeOf(file);
    loads.set(route, total);
  }
  return loads;
}

/** Next writes what a page needs as a script that fills a global table. */
async function manifestOf(page: string): Promise<z.infer<typeof pageShape>> {
  const sandbox: { __RSC_MANIFEST: Record<string, unknown> } = { __RSC_MANIFEST: {} };
  runInNewContext(
    `var globalThis = this;${await read('server', 'app', `${page}_client-reference-manifest.js`)}`,
    sandbox,
  );
  return pageShape.parse(sandbox.__RSC_MANIFEST[page]);
}
