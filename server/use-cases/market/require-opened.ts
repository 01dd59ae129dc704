import type { Timeframe } from '#core/market/bars.ts';
import { timeframeLength } from '#core/market/timeframe.ts';
import { AppError } from '#server/errors.ts';

/**
 * Refuses bars that have not begun yet by the clock of this server, or by a clock that is one bar ahead: a single wrong
 * year would make every later bar a correction. Throws INVALID.
 */
export function requireOpened(lastTime: number, timeframe: Timeframe, now: Date): void {
  if (lastTime <= now.getTime() + timeframeLength(timeframe)) return;
  const [bar, today] = [new Date(lastTime), now].map((time) => time.toISOString().slice(0, 16).replace('T', ' '));
  throw new AppError(
    'INVALID',
    `The last bar opens on ${bar} UTC, and it is ${today} UTC now: none of the bars was taken. Correct the times of the file, or take out the bars that have not been yet.`,
  );
}
