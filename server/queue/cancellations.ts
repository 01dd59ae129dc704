import type { Sql } from 'postgres';
import type { Tx } from '#server/db/database.ts';
import { notify } from '#server/db/queries/notify.ts';

/** Channel on which the id of a run or a bot is sent that somebody stops. */
const CANCEL_CHANNEL = 'alphaloom_cancel';

/** Tells all processes, at the commit, to stop what they compute for this run or bot. */
export const announceCancel = (tx: Tx, id: string): Promise<void> => notify(tx, CANCEL_CHANNEL, id);

/** Aborts what is computed in this process for a run or a bot that is stopped anywhere. */
export interface Cancellations {
  /** A signal that is aborted when the run or the bot is stopped. Call `done` when the work has ended. */
  watch(id: string): { readonly signal: AbortSignal; done(): void };
  close(): Promise<void>;
}

export async function listenForCancellations(sql: Sql): Promise<Cancellations> {
  // Several may work for one bot: it may be started again before its first replay has heard that it is paused.
  const running = new Map<string, Set<AbortController>>();
  const listening = await sql.listen(CANCEL_CHANNEL, (id) => running.get(id)?.forEach((one) => one.abort()));
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
    close: () => listening.unlisten(),
  };
}
