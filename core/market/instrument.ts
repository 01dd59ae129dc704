/** What kind of thing is traded. */
export const INSTRUMENT_KINDS = ['share', 'fund', 'index', 'currency', 'crypto', 'future', 'other'] as const;
export type InstrumentKind = (typeof INSTRUMENT_KINDS)[number];

/** When an instrument is traded, by the clock of its time zone. */
export interface Session {
  /** `HH:MM`; a session that closes before it opens ends on the next day. */
  readonly opens: string;
  readonly closes: string;
  /** Of its opening; 1 is Monday, 7 Sunday. */
  readonly days: readonly number[];
}
