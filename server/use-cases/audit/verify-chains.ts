import type { Database } from '#server/db/database.ts';
import { listChains } from '#server/db/queries/audit-chain.ts';
import { nameOrganisation } from '#server/db/queries/organisations.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import { orgOfChain, verifyChain, type Head, type Verified } from './verify-audit.ts';

const OWNER = freely('whoever runs the command has the database');

/** The end of a chain, as somebody wrote it down elsewhere. */
export interface Noted extends Head {
  readonly chain: string;
}

export interface VerifiedChain extends Verified {
  readonly chain: string;
  readonly name: string;
}

/** Verifies each chain, or that of one organisation; a chain that was noted and is gone is broken. */
export async function verifyChains(
  db: Database,
  noted: readonly Noted[],
  only: string | undefined,
): Promise<readonly VerifiedChain[]> {
  const there = (await readAcross(db, OWNER, (tx) => listChains(tx))).map(({ id }) => id);
  const all = [...new Set([...there, ...noted.map(({ chain }) => chain)])];
  const chosen = only === undefined ? all : [only];
  const verified: VerifiedChain[] = [];
  for (const chain of chosen) {
    const orgId = orgOfChain(chain);
    const name = orgId === null ? 'The installation' : await readAcross(db, OWNER, (tx) => nameOrganisation(tx, orgId));
    const heads = noted.filter((one) => one.chain === chain);
    verified.push({ chain, name: name ?? 'No organisation of now', ...(await verifyChain(db, orgId, heads)) });
  }
  return verified;
}
