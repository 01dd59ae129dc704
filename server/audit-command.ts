import { loadConfig } from './config/config.ts';
import { environment } from './config/environment.ts';
import { openDatabase } from './db/database.ts';
import { findEmbedded } from './db/embedded/find-embedded.ts';
import { verifyChains, type Noted, type VerifiedChain } from './use-cases/audit/verify-chains.ts';

export type { Noted, VerifiedChain };

/**
 * Verifies every chain of the audit in the database that a server with this environment uses: that of DATABASE_URL and
 * its kin, or the built-in one, whether or not a server runs.
 */
export async function verifyAudits(
  noted: readonly Noted[],
  organisation: string | undefined,
): Promise<readonly VerifiedChain[]> {
  const { database, dataDir } = loadConfig(environment);
  const { urls, leave } = database ? { urls: database, leave: async () => undefined } : await findEmbedded(dataDir);
  const opened = openDatabase({ app: urls.system, system: urls.system }, { max: 2 });
  try {
    return await verifyChains(opened.db, noted, organisation);
  } finally {
    await opened.close();
    await leave();
  }
}
