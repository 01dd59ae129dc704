import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Sql } from 'postgres';
import type { Registry } from 'prom-client';
import { WebSocketServer, type WebSocket } from 'ws';
import * as Y from 'yjs';
import { CLOSE } from '#collab/messages.ts';
import { writeEdits } from '#collab/write-edits.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { idOf, type FormulaId, type OrgId, type UserId } from '#core/requests/ids.ts';
import { err } from '#core/result/result.ts';
import { ACCESS_CHANNEL } from '#server/auth/access-changed.ts';
import type { AskFormulas } from '#server/compute/formula-threads.ts';
import type { Config } from '#server/config/config.ts';
import type { Database } from '#server/db/database.ts';
import { AppError } from '#server/errors.ts';
import type { Log } from '#server/observability/log.ts';
import type { Person } from '#server/policies/principal.ts';
import { startAnnouncements } from './documents/announcements.ts';
import { createDocumentStore, DocumentGone, EpochRaised } from './documents/document-store.ts';
import { Documents, type Lease } from './documents/documents.ts';
import type { SharedDocument } from './documents/shared-document.ts';
import { LIMITS, type Limits } from './limits.ts';
import { startPresenceExchange } from './presence/presence-exchange.ts';
import { createRealtimeMetrics, type RealtimeMetrics, type Stats } from './realtime-metrics.ts';
import { readmit, type Refusal } from './rooms/admit.ts';
import { createPrepare } from './rooms/prepare.ts';
import { publishOpenDocuments } from './rooms/publish-open.ts';
import type { Room } from './rooms/room.ts';
import { Sockets } from './rooms/sockets.ts';

export interface StartRealtime {
  readonly db: Database;
  readonly sql: Sql;
  readonly config: Config;
  readonly log: Log;
  /** Where metrics go. */
  readonly registry: Registry;
  /** Reads formulas apart from this thread; here by default. */
  readonly formulas?: AskFormulas;
  readonly limits?: Partial<Limits>;
}

export interface Realtime {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * The state of a document with everything that is committed. The caller has made sure that the reader may read it.
   */
  snapshot(formulaId: FormulaId): Promise<Uint8Array>;
  /**
   * Edits a document for all to see; resolves once that is committed. The caller has made sure that the actor may edit
   * it.
   */
  applyEdits(formulaId: FormulaId, actor: Pick<Person, 'userId' | 'orgId'>, edits: readonly Edit[]): Promise<void>;
  stats(): Stats;
  close(): Promise<void>;
}

/** How long a client may take to answer that its socket is closed. */
const ANSWER_CLOSE_MS = 1_000;
const HEARTBEAT_MS = 20_000;

const RESTARTING: Refusal = { code: CLOSE.restarting, reason: 'The server is restarting.' };

/** Serves the shared documents at `/collab/<formulaId>`, as PROTOCOL.md says. */
export async function startRealtime({
  db,
  sql,
  config,
  log,
  registry,
  formulas,
  limits: given,
}: StartRealtime): Promise<Realtime> {
  const limits = { ...LIMITS, ...given };
  const stats = (): Stats => ({
    ...sockets.stats(),
    rooms: rooms.size,
    documents: documents.all().length,
    memory: documents.bytes,
  });
  const metrics: RealtimeMetrics = createRealtimeMetrics(registry, stats);
  const store = metrics.measure(createDocumentStore(db, formulas));
  const documents: Documents = new Documents({
    store,
    limits,
    log,
    metrics,
    onCommit: (formulaId, sequence) => announcements.announce(formulaId, sequence),
  });
  const announcements = await startAnnouncements({
    sql,
    log,
    heard: (formulaId, sequence) => documents.get(formulaId)?.announce(sequence),
    missed: () => documents.all().forEach((document) => document.announce(Infinity)),
  });
  const rooms = new Map<FormulaId, Room>();
  const open = publishOpenDocuments({ db, log, rooms });
  const exchange = await startPresenceExchange({ sql, log, rooms });
  const sockets: Sockets = new Sockets({
    limits,
    log,
    metrics,
    exchange,
    rooms,
    onCrowd: () => open.changed(),
    readmit: (actor, orgId) => readmit(db, actor, orgId),
  });
  const recheck = (userId?: UserId): void => {
    sockets
      .recheck(userId)
      .catch((error: unknown) => log.warn({ err: error }, 'the access of open sockets was not looked at'));
  };
  let accessChanges = 0;
  const onAccess = (userId?: UserId): void => {
    accessChanges += 1;
    recheck(userId);
  };
  const listening = await sql.listen(
    ACCESS_CHANNEL,
    (userId) => onAccess(idOf('user', userId)),
    () => onAccess(),
  );
  // One message of a socket a turn: what came in one piece would hold up all others until the whole piece is read.
  const server = new WebSocketServer({ noServer: true, maxPayload: limits.message * 2, allowSynchronousEvents: false });
  let isClosing = false;
  const heartbeat = setInterval(() => sockets.beat(), HEARTBEAT_MS).unref();

  const prepare = createPrepare({ db, config, log, documents, store, sockets });

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const ignore = (): void => undefined;
    // Until the socket is a websocket, nobody else listens for its failure.
    socket.on('error', ignore);
    const changesBefore = accessChanges;
    const prepared = isClosing ? err(RESTARTING) : await prepare(request);
    const release = (): void => {
      if (prepared.ok) prepared.value.lease.release();
    };
    if (socket.destroyed) return release();
    let isOpen = false;
    const wasOpened = (): boolean => isOpen;
    server.handleUpgrade(request, socket, head, (client: WebSocket) => {
      isOpen = true;
      socket.off('error', ignore);
      const joined = prepared.ok ? sockets.join(client, prepared.value) : prepared;
      if (joined.ok) {
        // What changed while we looked was not yet seen at this socket.
        if (accessChanges !== changesBefore) recheck(joined.value.userId);
        return;
      }
      const refusal = joined.error;
      client.on('error', ignore);
      metrics.closed(refusal.code);
      client.close(refusal.code, refusal.reason);
      // Whoever does not answer would stay for half a minute.
      setTimeout(() => client.terminate(), ANSWER_CLOSE_MS).unref();
    });
    // A request that is no right handshake was answered with an error.
    if (!wasOpened()) release();
  }

  async function withDocument<T>(
    formulaId: FormulaId,
    orgId: OrgId | null,
    work: (document: SharedDocument) => Promise<T>,
  ): Promise<T> {
    let lease: Lease | undefined;
    try {
      lease = await documents.open({ orgId: orgId ?? (await store.organisationOf(formulaId)), formulaId });
      await lease.document.catchUp();
      return await work(lease.document);
    } catch (error) {
      // Nothing was committed to the old one, which is lost by now: the next to open is the new one.
      if (error instanceof EpochRaised) return withDocument(formulaId, orgId, work);
      throw error instanceof DocumentGone ? new AppError('NOT_FOUND', error.message) : error;
    } finally {
      lease?.release();
    }
  }

  return {
    handleUpgrade: (request, socket, head) => {
      upgrade(request, socket, head).catch((error: unknown) => {
        log.error({ err: error }, 'an upgrade failed');
        socket.destroy();
      });
    },
    snapshot: (formulaId) =>
      withDocument(formulaId, null, async (document) => {
        const state = Y.encodeStateAsUpdate(document.doc);
        await document.settled();
        return state;
      }),
    applyEdits: (formulaId, actor, edits) =>
      withDocument(formulaId, actor.orgId, (document) =>
        document.change(actor.userId, (doc) => writeEdits(doc, edits, actor.userId)),
      ),
    stats,
    close: async () => {
      isClosing = true;
      clearInterval(heartbeat);
      sockets.stopTaking();
      await Promise.allSettled(documents.all().map((document) => document.settled()));
      sockets.closeAll(CLOSE.restarting, 'The server is restarting.');
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        // Who does not answer must not keep the process.
        setTimeout(() => server.clients.forEach((client) => client.terminate()), 1000).unref();
        if (server.clients.size === 0) resolve();
      });
      await documents.close();
      await Promise.all([open.close(), announcements.close(), exchange.close(), listening.unlisten()]);
    },
  };
}
