import type { Sql } from 'postgres';
import { idOf, type FormulaId } from '#core/requests/ids.ts';
import { DOCUMENTS_CHANNEL } from '#server/db/queries/document-updates.ts';
import type { Log } from '#server/observability/log.ts';

/** A NOTIFY in each commit would cost many times as many commits a second. */
const GATHER_MS = 10;
/** Postgres takes 8,000 bytes; an item has fewer than 60. */
const ITEMS = 120;

/** Tells the other servers which documents have grown, and hears it from them (M2). */
export interface Announcements {
  announce(formulaId: FormulaId, sequence: number): void;
  close(): Promise<void>;
}

interface Options {
  readonly sql: Sql;
  readonly log: Log;
  heard(formulaId: FormulaId, sequence: number): void;
  /** The line was lost for a while: anything may have been said. */
  missed(): void;
}

export async function startAnnouncements({ sql, log, heard, missed }: Options): Promise<Announcements> {
  let waiting = new Map<FormulaId, number>();
  let timer: NodeJS.Timeout | undefined;

  async function tell(): Promise<void> {
    timer = undefined;
    const items = [...waiting].map(([formulaId, sequence]) => `${formulaId} ${sequence}`);
    waiting = new Map();
    for (let i = 0; i < items.length; i += ITEMS)
      await sql.notify(DOCUMENTS_CHANNEL, items.slice(i, i + ITEMS).join(','));
  }
  const onNotify = (payload: string): void => {
    for (const item of payload.split(',')) {
      const [formulaId = '', sequence] = item.split(' ');
      heard(idOf('formula', formulaId), Number(sequence));
    }
  };
  const listening = await sql.listen(DOCUMENTS_CHANNEL, onNotify, missed);
  return {
    announce: (formulaId, sequence) => {
      waiting.set(formulaId, sequence);
      timer ??= setTimeout(() => {
        tell().catch((error: unknown) => log.warn({ err: error }, 'other servers were not told of changes'));
      }, GATHER_MS);
    },
    close: async () => {
      clearTimeout(timer);
      await tell();
      await listening.unlisten();
    },
  };
}
