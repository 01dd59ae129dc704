import { createHash } from 'node:crypto';

/** The chain of what happens in no organisation. */
export const INSTALLATION_CHAIN = '00000000-0000-0000-0000-000000000000';

/** What is hashed of a row, as texts: as Postgres writes them. */
export interface ChainedRow {
  readonly sequence: number;
  readonly id: string;
  /** UTC milliseconds. */
  readonly at: number;
  readonly actorKind: string | null;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly ip: string | null;
  readonly device: string | null;
  readonly session: string | null;
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly requestId: string | null;
  /** The JSON as Postgres writes it. */
  readonly difference: string | null;
  readonly who: string | null;
  readonly whoSalt: string | null;
  readonly what: string | null;
  readonly whatSalt: string | null;
  readonly hash: string | null;
}

/** Texts one behind the other, each with its bytes in front: no two lists give the same text. */
const fields = (...texts: readonly (string | null)[]): string =>
  texts.map((text) => (text === null ? '-' : `${Buffer.byteLength(text)}:${text}`)).join('');

const hashOf = (...texts: readonly (string | null)[]): string =>
  createHash('sha256')
    .update(fields(...texts))
    .digest('hex');

/** Of the actor and where they were. */
const whoOf = ({ whoSalt, actorId, actorName, ip, device, session }: ChainedRow): string =>
  hashOf(whoSalt, actorId, actorName, ip, device, session);

/** Of what changed. */
const whatOf = ({ whatSalt, difference }: ChainedRow): string => hashOf(whatSalt, difference);

/** The hash of a row behind another, whose hash is `before`. The same is computed by `chain_audit` in Postgres. */
const linkOf = (before: string, chain: string, row: ChainedRow): string =>
  hashOf(
    before,
    String(row.sequence),
    chain,
    row.id,
    String(row.at),
    row.actorKind,
    row.action,
    row.entity,
    row.entityId,
    row.requestId,
    row.who,
    row.what,
  );

/**
 * What is wrong with a row that stands behind `before`, in words; null when it is as it was written. What was erased
 * has lost its salt, and can't be compared any more: nothing of it may be there.
 */
export function linkProblem(chain: string, before: string, row: ChainedRow): string | null {
  if (linkOf(before, chain, row) !== row.hash) return 'it is not what was written, or what stands before it is not';
  const erasedWho = row.whoSalt === null;
  if (erasedWho ? nameOf(row) !== null : whoOf(row) !== row.who)
    return 'who did it, or from where, is not what was written';
  const erasedWhat = row.whatSalt === null;
  if (erasedWhat ? row.difference !== null : whatOf(row) !== row.what) return 'what changed is not what was written';
  return null;
}

const nameOf = ({ actorId, actorName, ip, device, session }: ChainedRow): string | null =>
  actorId ?? actorName ?? ip ?? device ?? session;
