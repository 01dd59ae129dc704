import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { startOf } from './process-identity.ts';

/**
 * Claims a folder for this process; throws when another that is alive holds it. A dead process's claim is taken over.
 */
export function claim(path: string): { release(): void } {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }));
  try {
    // A link is made at once with its content, or not at all.
    for (;;) {
      try {
        linkSync(mine, path);
        return { release: () => rmSync(path, { force: true }) };
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
        const holder = holderOf(path);
        if (holder !== null) {
          throw new Error(
            `Another Alphaloom (process ${holder}) is using this data folder. Stop it, choose another folder with DATA_DIR, or share a database with DATABASE_URL.`,
            { cause: error },
          );
        }
        rmSync(path, { force: true });
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Whether a process that is alive holds the claim. */
export const isHeld = (path: string): boolean => holderOf(path) !== null;

function holderOf(path: string): number | null {
  try {
    const { pid, start } = JSON.parse(readFileSync(path, 'utf8')) as { pid: number; start: string };
    return startOf(pid) === start ? pid : null;
  } catch {
    return null;
  }
}
