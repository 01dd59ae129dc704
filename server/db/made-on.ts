/** The bars that a run was made on. */
export interface MadeOn {
  /** Revision of the run's market, and by id the revisions of the markets that the run read as feeds. */
  readonly revision: number;
  readonly feeds: Readonly<Record<string, number>>;
  /** Times of the first and the last bar, UTC milliseconds. */
  readonly first: number;
  readonly last: number;
}
