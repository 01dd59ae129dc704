export interface Limits {
  /** Bytes of one message. */
  readonly message: number;
  /** Bytes of a document's state. */
  readonly document: number;
  /** Bytes of one client's awareness state, as JSON. */
  readonly presence: number;
  /** Bytes queued for a socket's reader. */
  readonly queued: number;
  readonly socketsPerDocument: number;
  readonly socketsPerPerson: number;
  readonly socketsPerOrganisation: number;
  readonly sockets: number;
  readonly documents: number;
  /** Messages a second that a socket may go on sending, and how many at once; each 16 KB count as one more. */
  readonly rate: number;
  readonly burst: number;
  /** The same for all sockets of a person together. */
  readonly ratePerPerson: number;
  readonly burstPerPerson: number;
  /** The same for all sockets of an organisation together: room for a crowd that types, and for its neighbours. */
  readonly ratePerOrganisation: number;
  readonly burstPerOrganisation: number;
  /** Updates after which the stored document is made one again. */
  readonly updatesToCompact: number;
  /** How long a document that nobody has open stays in memory. */
  readonly idleMs: number;
}

export const LIMITS: Limits = {
  message: 2_000_000,
  document: 16_000_000,
  presence: 8_000,
  queued: 256_000,
  socketsPerDocument: 256,
  socketsPerPerson: 32,
  socketsPerOrganisation: 1_000,
  sockets: 5_000,
  documents: 1_000,
  rate: 200,
  burst: 400,
  ratePerPerson: 400,
  burstPerPerson: 1_600,
  ratePerOrganisation: 2_000,
  burstPerOrganisation: 4_000,
  updatesToCompact: 500,
  idleMs: 30_000,
};
