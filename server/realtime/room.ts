import type { PresentUser } from '#collab/presence.ts';
import * as Y from 'yjs';
import type { Connection } from './connection.ts';
import type { Lease } from './documents.ts';
import type { Limits } from './limits.ts';
import { Presence } from './presence.ts';
import type { SharedDocument } from './shared-document.ts';

/** Changes of presence are sent together, at most 30 times a second. */
const PRESENCE_MS = 33;

/** The people who have one document open. */
export class Room {
  readonly document: SharedDocument;
  readonly presence = new Presence<Connection>();
  readonly connections = new Set<Connection>();
  private readonly limits: Limits;
  private readonly lease: Lease;
  private size: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(lease: Lease, limits: Limits) {
    this.lease = lease;
    this.document = lease.document;
    this.limits = limits;
    this.size = this.measure();
  }

  join(connection: Connection): void {
    this.connections.add(connection);
    this.document.subscribers.add(connection);
  }

  leave(connection: Connection): void {
    this.connections.delete(connection);
    this.document.subscribers.delete(connection);
    if (this.presence.leave(connection)) this.tellPresence();
  }

  /** Somebody's awareness update (P1, P2). */
  show(connection: Connection, user: PresentUser, update: Uint8Array): void {
    if (this.presence.receive(connection, user, update, this.limits.presence)) this.tellPresence();
  }

  /** Whether the document may grow by so many bytes. The sum of updates is the most it can be; it is measured when that is too much. */
  hasSpace(bytes: number): boolean {
    this.size += bytes;
    if (this.size > this.limits.document) this.size = this.measure() + bytes;
    return this.size <= this.limits.document;
  }

  close(): void {
    clearTimeout(this.timer);
    this.lease.release();
  }

  private measure(): number {
    return Y.encodeStateAsUpdate(this.document.doc).length;
  }

  private tellPresence(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const message = this.presence.takeChanges();
      for (const connection of this.connections) connection.sendPresence(message);
    }, PRESENCE_MS);
  }
}
