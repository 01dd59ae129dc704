/**
 * Bytes of one body. The small one is for who is not signed in, `large` for procedures that take code, files or many
 * values.
 */
export const BODY = {
  stranger: 64_000,
  procedure: 256_000,
  large: 5_000_000,
  webhook: 1_000_000,
  upload: 200 * 1024 * 1024,
} as const;

/** A test finds any other whose input does not fit into `BODY.procedure`. */
const LARGE_INPUTS: ReadonlySet<string> = new Set([
  'formula.create',
  'formula.import',
  'history.import',
  'branch.merge',
  'backtest.start',
  'sweep.start',
  'sweep.openCandidate',
]);

/** Bytes of the body of a request that calls these procedures. */
export const mostOfCalls = (procedures: readonly string[]): number =>
  procedures.some((name) => LARGE_INPUTS.has(name)) ? BODY.large : BODY.procedure;

/**
 * Bodies under way at once, from their first byte until their request is answered, and the bytes of them that are in
 * memory.
 */
export interface Room {
  readonly count: number;
  readonly bytes: number;
}

export interface Rooms {
  readonly person: Room;
  readonly organisation: Room;
  readonly address: Room;
  /** All who are not signed in together. */
  readonly strangers: Room;
  readonly all: Room;
}

/**
 * Rooms of one process. `whole`: bodies that are read before their work begins; `file`: files that are read as they
 * come.
 */
export const BODIES = {
  whole: {
    person: { count: 32, bytes: 16_000_000 },
    organisation: { count: 128, bytes: 32_000_000 },
    address: { count: 64, bytes: 4_000_000 },
    strangers: { count: 512, bytes: 16_000_000 },
    all: { count: 2_000, bytes: 96_000_000 },
  },
  file: {
    person: { count: 2, bytes: 2 * BODY.upload },
    organisation: { count: 4, bytes: 2 * BODY.upload },
    address: { count: 0, bytes: 0 },
    strangers: { count: 0, bytes: 0 },
    all: { count: 64, bytes: 4 * BODY.upload },
  },
} as const satisfies Record<string, Rooms>;

export type BodyKind = keyof typeof BODIES;

/** How slowly a body may come. Only the time counts in which we wait for the other side. */
export const SLOWEST_BODY = {
  /** Before anything is asked of its speed. */
  graceMs: 10_000,
  /** Bytes a second on end: an old modem has as many. */
  rate: 8_000,
} as const;

/** Bytes that a piece of a body costs at least: each has to be looked at, and a body can come in pieces of one byte. */
export const LEAST_PIECE = 1024;
