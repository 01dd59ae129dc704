/** What kind of thing is traded. */
export const INSTRUMENT_KINDS = ['share', 'fund', 'index', 'currency', 'crypto', 'future', 'other'] as const;
export type InstrumentKind = (typeof INSTRUMENT_KINDS)[number];

/** What may be known of an instrument, and may be taken back. */
export const INSTRUMENT_EXTRAS = ['venue', 'tick', 'lot', 'session'] as const;
export type InstrumentExtra = (typeof INSTRUMENT_EXTRAS)[number];

/** The largest step of a price or of an order's units. */
export const LARGEST_STEP = 1_000_000_000;

/** When an instrument is traded, by the clock of its time zone. */
export interface Session {
  /** `HH:MM`; a session that closes before it opens ends on the next day. */
  readonly opens: string;
  readonly closes: string;
  /** Of its opening; 1 is Monday, 7 Sunday. */
  readonly days: readonly number[];
}
