import type { Sql } from 'postgres';

/** Channel on which the id of a backtest is sent that somebody cancels. */
export const CANCEL_CHANNEL = 'alphaloom_cancel';

/** Aborts runs in this process that are cancelled anywhere. */
export interface Cancellations {
  /** A signal that is aborted when the backtest is cancelled. Call `done` when it has ended. */
  watch(backtestId: string): { readonly signal: AbortSignal; done(): void };
  close(): Promise<void>;
}

export async function listenForCancellations(sql: Sql): Promise<Cancellations> {
  const running = new Map<string, AbortController>();
  const listening = await sql.listen(CANCEL_CHANNEL, (id) => running.get(id)?.abort());
  return {
    watch: (backtestId) => {
      const controller = new AbortController();
      running.set(backtestId, controller);
      return { signal: controller.signal, done: () => void running.delete(backtestId) };
    },
    close: () => listening.unlisten(),
  };
}
