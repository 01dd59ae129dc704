import { documentMemory } from '#server/policies/memory-shares.ts';

export interface Limits {
  /** Bytes of one message. */
  readonly message: number;
  /** Bytes of a document's state. */
  readonly document: number;
  /** What was written and is not compacted yet: pieces, and bytes. Somebody who writes more has to come again. */
  readonly piecesWritten: number;
  readonly bytesWritten: number;
  /** Bytes of one client's awareness state, as JSON. */
  readonly presence: number;
  /** Bytes queued for a socket's reader. */
  readonly queued: number;
  readonly socketsPerDocument: number;
  readonly socketsPerPerson: number;
  readonly socketsPerOrganisation: number;
  readonly sockets: number;
  /** Documents in memory, and about how many bytes they may take. */
  readonly documents: number;
  readonly memory: number;
  /** Of sockets, documents and their memory, what one organisation may have. */
  readonly share: number;
  /** Documents that are loaded at once, and that wait, of one organisation. */
  readonly loadsAtOnce: number;
  readonly loadsWaiting: number;
  /** Bytes of a loaded document that cost as much as one message. */
  readonly loadedBytesPerToken: number;
  /** How long somebody may owe for what was loaded before the next is refused. */
  readonly longestDebtMs: number;
  /** Messages a second that a socket may go on sending, and how many at once; each 16 KB count as one more. */
  readonly rate: number;
  readonly burst: number;
  /** The same for all sockets of a person together. */
  readonly ratePerPerson: number;
  readonly burstPerPerson: number;
  /** The same for all sockets of an organisation together: room for a crowd that types, and for its neighbours. */
  readonly ratePerOrganisation: number;
  readonly burstPerOrganisation: number;
  /** For what people behind one address have loaded, together. */
  readonly ratePerAddress: number;
  readonly burstPerAddress: number;
  /** Updates after which the stored document is made one again. */
  readonly updatesToCompact: number;
  readonly piecesToCompact: number;
  readonly bytesToCompact: number;
  /**
   * Pieces from which a document that people are in is re-based when so much of it is history, how often that is looked
   * at, and at most how often done.
   */
  readonly piecesToRebase: number;
  readonly deadToRebase: number;
  readonly piecesToLookAgain: number;
  readonly rebaseMs: number;
  /** How long a document that nobody has open stays in memory. */
  readonly idleMs: number;
}

export const LIMITS: Limits = {
  message: 2_000_000,
  document: 16_000_000,
  piecesWritten: 60_000,
  bytesWritten: 32_000_000,
  presence: 8_000,
  queued: 256_000,
  socketsPerDocument: 256,
  socketsPerPerson: 32,
  socketsPerOrganisation: 1_000,
  sockets: 5_000,
  documents: 4_000,
  memory: documentMemory(),
  share: 0.25,
  loadsAtOnce: 4,
  loadsWaiting: 200,
  loadedBytesPerToken: 4_096,
  longestDebtMs: 10_000,
  rate: 200,
  burst: 400,
  ratePerPerson: 400,
  burstPerPerson: 1_600,
  ratePerOrganisation: 2_000,
  burstPerOrganisation: 4_000,
  ratePerAddress: 2_000,
  burstPerAddress: 8_000,
  updatesToCompact: 500,
  piecesToCompact: 20_000,
  bytesToCompact: 4_000_000,
  piecesToRebase: 20_000,
  deadToRebase: 0.25,
  piecesToLookAgain: 4_000,
  rebaseMs: 600_000,
  idleMs: 30_000,
};
