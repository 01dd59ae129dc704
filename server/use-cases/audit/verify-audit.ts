import { idOf, type OrgId } from '#core/requests/ids.ts';
import type { Database, Tx } from '#server/db/database.ts';
import { countUnchained, findChainEnd, listChained, listCheckpoints } from '#server/db/queries/audit-chain.ts';
import { read, readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';
import { INSTALLATION_CHAIN, linkProblem, type ChainedRow } from './chain.ts';

const AS_SYSTEM = freely('the app’s role can’t read the audit; whoever asks may, or has the database');

/** A place in a chain that was noted somewhere else. */
export interface Head {
  readonly sequence: number;
  readonly hash: string;
}

/** The first row that is not as it was written. */
interface Broken {
  readonly sequence: number;
  /** Null where the row is not there. */
  readonly id: string | null;
  readonly at: number | null;
  readonly action: string | null;
  readonly why: string;
}

export interface Verified {
  readonly rows: number;
  /** Rows from which a person was erased; their places hold. */
  readonly erased: number;
  /** Rows that are older than the chain, of which nothing can be said. */
  readonly older: number;
  /** Where the chain ends. */
  readonly head: Head | null;
  readonly broken: Broken | null;
}

const AT_ONCE = 1_000;

/**
 * Reads the whole chain of an organisation (null: of the installation) and computes it anew: from its first row, in the
 * order of its places, against the end that the database keeps and every checkpoint. `noted` are places that somebody
 * wrote down elsewhere: only they tell a chain that was written anew from its beginning.
 */
export async function verifyChain(db: Database, orgId: OrgId | null, noted: readonly Head[] = []): Promise<Verified> {
  const across = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => readAcross(db, AS_SYSTEM, work);
  const chain = orgId ?? INSTALLATION_CHAIN;
  // Before the rows: what is added meanwhile is behind it.
  const head = await across((tx) => findChainEnd(tx, chain));
  const checkpoints = await across((tx) => listCheckpoints(tx, chain));
  const older = await across((tx) => countUnchained(tx, orgId));
  const known = new Map([...checkpoints, ...noted].map(({ sequence, hash }) => [sequence, hash]));
  const last = head?.sequence ?? 0;
  let [at, hash, rows, erased] = [0, '', 0, 0];
  const ended = (broken: Broken | null): Verified => ({
    rows,
    erased,
    older,
    head: head && { sequence: head.sequence, hash: head.hash },
    broken,
  });
  while (at < last) {
    const listed = await across((tx) => listChained(tx, orgId, at, AT_ONCE));
    for (const row of listed) {
      if (row.sequence > last) break;
      // The oldest may be gone by their retention: a checkpoint says how their chain ended.
      const start = at === 0 && row.sequence > 1 ? known.get(row.sequence - 1) : undefined;
      if (start !== undefined) [at, hash] = [row.sequence - 1, start];
      const problem = problemOf(row);
      if (problem !== null) return ended(problem);
      [at, hash, rows] = [row.sequence, row.hash ?? '', rows + 1];
      if (row.whoSalt === null || row.whatSalt === null) erased++;
    }
    if (listed.length < AT_ONCE) break;
  }
  if (at < last) return ended(missing(at + 1));
  if (head && hash !== head.hash) return ended({ ...missing(at), why: 'the chain does not end where it was left' });
  return ended(noted.some(({ sequence }) => sequence > last) ? missing(last + 1) : null);

  function problemOf(row: ChainedRow): Broken | null {
    if (row.sequence !== at + 1) return missing(at + 1);
    const why = linkProblem(chain, hash, row) ?? whyUnknown(row);
    return why === null ? null : { sequence: row.sequence, id: row.id, at: row.at, action: row.action, why };
  }

  function whyUnknown({ sequence, hash: found }: ChainedRow): string | null {
    const wanted = known.get(sequence);
    return wanted === undefined || wanted === found ? null : 'it is not what was noted of it at that time';
  }
}

const missing = (sequence: number): Broken => ({
  sequence,
  id: null,
  at: null,
  action: null,
  why: 'a row is missing here',
});

/** The chain of the organisation, for those who may read its audit. */
export async function verifyAudit(caller: Caller): Promise<Verified> {
  await read(caller, 'audit.read', async () => undefined);
  return verifyChain(caller.db, caller.principal.orgId);
}

export const orgOfChain = (chain: string): OrgId | null =>
  chain === INSTALLATION_CHAIN ? null : idOf('organisation', chain);
