/** The bars that a run was made on. */
export interface MadeOn {
  /** Revision of its market, and by id those of the markets that it read as feeds. */
  readonly revision: number;
  readonly feeds: Readonly<Record<string, number>>;
  /** Times of the first and the last bar, UTC milliseconds. */
  readonly first: number;
  readonly last: number;
}
