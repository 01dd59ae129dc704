import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseUrls } from '../urls.ts';
import { chooseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { readCredentials } from './cluster.ts';
import { startEmbeddedPostgres, urlsAt } from './embedded-postgres.ts';
import { isHeld } from './lock.ts';

const QUIET = { info: () => undefined, error: () => undefined };

/**
 * The built-in Postgres of a data folder for a command beside the server: the one that the server runs, or else it is
 * started until `leave`. Throws where there is none.
 */
export async function findEmbedded(dataDir: string): Promise<{ readonly urls: DatabaseUrls; leave(): Promise<void> }> {
  const cluster = join(dataDir, 'postgres');
  if (!existsSync(cluster))
    throw new Error(
      `There is no database in ${dataDir}: set DATA_DIR, or DATABASE_URL and its kin, as for the server.`,
    );
  if (!isHeld(join(dataDir, 'postgres.lock'))) {
    const { urls, stop } = await startEmbeddedPostgres({ dataDir, log: QUIET });
    return { urls, leave: stop };
  }
  // The fourth line of this file of Postgres is its port.
  const port = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]);
  const credentials = readCredentials(cluster, chooseAccount(findBinaries(), cluster));
  return { urls: urlsAt(port, credentials), leave: async () => undefined };
}
