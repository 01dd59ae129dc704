import { hostname } from 'node:os';
import type { FormulaId } from '#core/requests/ids.ts';
import { asSystem, type Database } from '#server/db/database.ts';
import {
  beatRealtimeServer,
  removeRealtimeServer,
  replaceOpenDocuments,
  type OpenDocument,
} from '#server/db/queries/open-documents.ts';
import type { Log } from '#server/observability/log.ts';
import type { Room } from './room.ts';

const EVERY_MS = 5_000;
/** People come and go together, as when a server starts. */
const SOON_MS = 200;

interface Options {
  readonly db: Database;
  readonly log: Log;
  readonly rooms: ReadonlyMap<FormulaId, Room>;
}

/** Tells the database, and so everybody who looks after documents, what this server has open. */
export interface OpenDocuments {
  /** Somebody has come or gone. */
  changed(): void;
  close(): Promise<void>;
}

export function publishOpenDocuments({ db, log, rooms }: Options): OpenDocuments {
  const server = { id: crypto.randomUUID(), name: `${hostname()} · ${process.pid}` };
  let last = '[]';
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let isClosed = false;

  async function publish(): Promise<void> {
    const documents = [...rooms.values()].map(describe);
    const said = JSON.stringify(documents);
    await asSystem(db, async (tx) => {
      await beatRealtimeServer(tx, server);
      if (said !== last) await replaceOpenDocuments(tx, server.id, documents);
    });
    last = said;
  }
  const run = (): void => {
    running = publish()
      .catch((error: unknown) => {
        // It may have been taken for dead meanwhile, with all that it had said.
        last = '';
        log.warn({ err: error }, 'what is open was not published');
      })
      .finally(() => schedule(EVERY_MS));
  };
  const schedule = (after: number): void => {
    clearTimeout(timer);
    if (!isClosed) timer = setTimeout(run, after).unref();
  };
  schedule(0);

  return {
    changed: () => schedule(SOON_MS),
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await running;
      await asSystem(db, (tx) => removeRealtimeServer(tx, server.id)).catch((error: unknown) =>
        log.warn({ err: error }, 'what is open was not taken back'),
      );
    },
  };
}

function describe({ document: { id, doc }, connections }: Room): OpenDocument {
  return { ...id, people: new Set([...connections].map(({ userId }) => userId)).size, clients: doc.store.clients.size };
}
