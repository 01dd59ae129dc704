import type { Sql } from 'postgres';
import type { BotId, RunId } from '#core/requests/ids.ts';
import { asSystem, type Database, type Tx } from '#server/db/database.ts';
import { notify } from '#server/db/queries/events.ts';
import { listStopped } from '#server/db/queries/jobs.ts';
import type { Log } from '#server/observability/log.ts';

/** Channel on which the id of a run or a bot is sent that somebody stops. */
const CANCEL_CHANNEL = 'alphaloom_cancel';

/** What was sent while nobody heard is looked up so often, and whenever the channel is heard again. */
const LOOK_EVERY = 15_000;

/** Tells all processes, at the commit, to stop what they compute for this run or bot. */
export const announceCancel = (tx: Tx, id: RunId | BotId): Promise<void> => notify(tx, CANCEL_CHANNEL, id);

/** Aborts what is computed in this process for a run or a bot that is stopped anywhere. */
export interface Cancellations {
  /** A signal that is aborted when the run or the bot is stopped. Call `done` when the work has ended. */
  watch(id: RunId | BotId): { readonly signal: AbortSignal; done(): void };
  close(): Promise<void>;
}

interface Options {
  readonly db: Database;
  readonly sql: Sql;
  readonly log: Pick<Log, 'warn'>;
  readonly lookEvery?: number;
}

export async function listenForCancellations({
  db,
  sql,
  log,
  lookEvery = LOOK_EVERY,
}: Options): Promise<Cancellations> {
  // Several may work for one bot: it may be started again before its first replay has heard that it is paused.
  const running = new Map<string, Set<AbortController>>();
  const stop = (id: string): void => running.get(id)?.forEach((one) => one.abort());
  const look = (): void => {
    if (running.size === 0) return;
    asSystem(db, (tx) => listStopped(tx, [...running.keys()]), 'read').then(
      (stopped) => stopped.forEach(stop),
      (error: unknown) => log.warn({ err: error }, 'could not look for what was cancelled'),
    );
  };
  // Called at the first time and each time that the connection is there again: a notification waits for nobody.
  const listening = await sql.listen(CANCEL_CHANNEL, stop, look);
  // A connection may also be dead without a word.
  const timer = setInterval(look, lookEvery).unref();
  return {
    watch: (id) => {
      const controller = new AbortController();
      const watching = running.get(id) ?? new Set();
      running.set(id, watching.add(controller));
      return {
        signal: controller.signal,
        done: () => {
          watching.delete(controller);
          if (watching.size === 0 && running.get(id) === watching) running.delete(id);
        },
      };
    },
    close: () => {
      clearInterval(timer);
      return listening.unlisten();
    },
  };
}
