interface Stored {
  readonly queuedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly madeOn: unknown;
}

/** A run as it is sent: moments are UTC milliseconds. */
export const presentRun = <Row extends Stored>({ queuedAt, startedAt, finishedAt, madeOn: _of, ...row }: Row) => ({
  ...row,
  queuedAt: queuedAt.getTime(),
  startedAt: startedAt?.getTime() ?? null,
  finishedAt: finishedAt?.getTime() ?? null,
});

/** Points of a curve that a screen can show, and trades that a table can. */
export const MOST_POINTS = 6000;
export const MOST_TRADES = 20_000;
