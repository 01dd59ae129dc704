import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { WebSocket as NodeSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { connectFormula, type FormulaConnection } from '#collab/connect.ts';
import type { CopyStore } from '#collab/copy/store.ts';
import { openReplica, type Replica } from '#collab/replica.ts';
import { FORMULA_FORMAT, type Formula } from '#core/formula/model/formula.ts';
import { idOf, type FormulaId, type OrgId } from '#core/requests/ids.ts';
import { startSession } from '#server/auth/authenticate.ts';
import { newDocument } from '#server/compute/formula/new-document.ts';
import { askHere } from '#server/compute/formula-threads.ts';
import { loadConfig } from '#server/config/config.ts';
import { asSystem, withOrg, type Database } from '#server/db/database.ts';
import { insertSnapshot } from '#server/db/queries/documents.ts';
import { formulas } from '#server/db/schema/index.ts';
import { unheard } from '#server/db/unheard.ts';
import type { Person } from '#server/policies/principal.ts';
import type { TestDatabase } from '#server/testing/test-database.ts';
import { rebaseDocument } from '#server/use-cases/document/rebase-document.ts';
import type { Limits } from '../limits.ts';
import { startRealtime, type Realtime } from '../start-realtime.ts';

export interface TestServer {
  readonly url: string;
  readonly realtime: Realtime;
  readonly registry: Registry;
  close(): Promise<void>;
}

/** A realtime server on a port of its own, over a real database. */
export async function serveRealtime(
  { sql, db }: TestDatabase,
  limits: Partial<Limits> = {},
  at = 0,
): Promise<TestServer> {
  const registry = new Registry();
  const realtime = await startRealtime({
    db,
    sql,
    config: loadConfig({ NODE_ENV: 'test' }),
    log: pino({ level: 'silent' }),
    registry,
    limits,
  });
  const server = createServer();
  server.on('upgrade', realtime.handleUpgrade);
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/collab`,
    realtime,
    registry,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      await realtime.close();
      await closed;
    },
  };
}

/** Signs a member in; the value of the `Cookie` header. */
export async function signIn(db: Database, { userId, orgId }: Person): Promise<string> {
  const token = await asSystem(db, (tx) => startSession(tx, userId, { orgId, ip: null, userAgent: null }));
  return `alphaloom_session=${token}`;
}

export const SMALL: Formula = {
  format: FORMULA_FORMAT,
  nodes: {
    price: { block: 'close', name: 'price', args: {} },
    fast: { block: 'sma', name: 'fast', args: { source: { from: 'price' }, timePeriod: 10 } },
  },
};

export async function createFormula(db: Database, orgId: OrgId, formula = SMALL): Promise<FormulaId> {
  const formulaId = idOf('formula', crypto.randomUUID());
  return storeDocument(db, orgId, newDocument(formulaId, formula, 'Test'), formulaId);
}

/** A formula whose document has this state. */
export async function storeDocument(
  db: Database,
  orgId: OrgId,
  state: Uint8Array,
  formulaId = idOf('formula', crypto.randomUUID()),
): Promise<FormulaId> {
  await withOrg(db, orgId, async (tx) => {
    await tx.insert(formulas).values({ id: formulaId, orgId, name: 'Test' });
    await insertSnapshot(tx, { orgId, formulaId, state });
  });
  return formulaId;
}

/** A browser's socket, which sends its cookies by itself. */
export function socketWith(headers: Record<string, string>): typeof WebSocket {
  class Socket extends NodeSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols ?? [], { headers });
    }
  }
  return Socket as unknown as typeof WebSocket;
}

export interface Editor {
  readonly doc: Y.Doc;
  readonly connection: FormulaConnection;
}

/** Somebody with the formula open in our own client. */
export function openFormula(url: string, formulaId: FormulaId, cookie: string): Editor {
  const doc = new Y.Doc();
  return { doc, connection: connectFormula({ url, formulaId, doc, socket: socketWith({ cookie }) }) };
}

/** Somebody's tab, with what their browser keeps in `store`. */
export function openTab(url: string, formulaId: FormulaId, cookie: string, store: CopyStore | null): Promise<Replica> {
  return openReplica({ url, formulaId, origin: ORIGIN, store, socket: socketWith({ cookie }) });
}

/** Of what is changed in a tab. */
export const ORIGIN = Symbol('this person');

/** Puts a fresh copy in the document's place, as the job does. */
export const rebaseFormula = (db: Database, orgId: OrgId, formulaId: FormulaId): Promise<number | null> =>
  rebaseDocument({ orgId, formulaId, formulas: askHere, ...unheard(db, orgId) });

/** Its presence has a timer of its own, which ends with the document. */
class StockClient extends WebsocketProvider {
  override destroy(): void {
    super.destroy();
    this.doc.destroy();
  }
}

/** The stock client with nothing but a cookie. */
export function openStock(url: string, formulaId: FormulaId, cookie: string): WebsocketProvider {
  return new StockClient(url, formulaId, new Y.Doc(), {
    WebSocketPolyfill: socketWith({ cookie }),
    disableBc: true,
  });
}

/** How the server closes a socket. */
export function closeOf(url: string, headers: Record<string, string>): Promise<{ code: number; reason: string }> {
  const socket = new NodeSocket(url, { headers });
  return new Promise((resolve, reject) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    socket.on('error', reject);
  });
}
