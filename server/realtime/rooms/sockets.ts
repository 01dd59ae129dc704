import { setTimeout as delay } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { CLOSE, type EndedEpoch } from '#collab/messages.ts';
import type { FormulaId, OrgId, UserId } from '#core/requests/ids.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { addressKey } from '#server/limits/address-key.ts';
import { TokenBucket } from '#server/limits/token-bucket.ts';
import type { Log } from '#server/observability/log.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Lease } from '../documents/documents.ts';
import type { Limits } from '../limits.ts';
import type { PresenceExchange } from '../presence/presence-exchange.ts';
import { Speakers } from '../presence/speakers.ts';
import type { RealtimeMetrics, Stats } from '../realtime-metrics.ts';
import type { Admitted, Refusal } from './admit.ts';
import type { Budgets } from './paced-reader.ts';
import { RoomSocket } from './room-socket.ts';
import { Room } from './room.ts';
import { WaitingLine } from './waiting-line.ts';

interface Options {
  readonly limits: Limits;
  readonly log: Log;
  readonly metrics: Pick<RealtimeMetrics, 'received' | 'refused' | 'closed'>;
  readonly exchange: Pick<PresenceExchange, 'changed' | 'opened'>;
  /** By document. Others may look. */
  readonly rooms: Map<FormulaId, Room>;
  /** Somebody has come or gone. */
  onCrowd(): void;
  /** Who somebody that was admitted is now, in this organisation. */
  readmit(actor: Person, orgId: OrgId): Promise<Result<Person, Refusal>>;
}

/** What there must be before a socket is opened. */
export interface Prepared {
  readonly admitted: Admitted;
  readonly ended: readonly EndedEpoch[];
  readonly lease: Lease;
}

/** Between its being opened and the socket's: who came into its room would never be told. */
const LOST = 'The strategy was read anew just now. Connect again.';

const OWED = 'Too many large strategies were opened in a short time. Try again in a moment.';

const GIVES = 'Others need room, and your organisation has most strategies open. Close some, or try again in a moment.';
const ANSWER_MS = 1_000;

/** Thrown, in words for the person, when too much was loaded for them lately. */
export class LoadsOwed extends Error {}

interface Open {
  readonly connection: RoomSocket;
  readonly room: Room;
  readonly actor: Person;
  /** Looks again when the session ends unless it was used meanwhile. */
  end: NodeJS.Timeout | undefined;
  isAlive: boolean;
  /** The last look at whether the person may stay. */
  checked: Promise<void>;
}

/** A timer takes 31 bits of milliseconds; when it ends early, the look finds the session open and waits again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Behind the end, so that the session has ended for certain. */
const A_MOMENT_MS = 100;

/** The open sockets, each in the room of its document. */
export class Sockets {
  readonly #open = new Set<Open>();
  /** By person, organisation and address. Kept while the bucket is not full again: coming back brings nothing new. */
  readonly #budgets = new Map<string, TokenBucket>();
  /** By organisation. */
  readonly #lines = new Map<OrgId, WaitingLine>();
  /** Rooms come and go; who has spoken in them is known longer. */
  readonly #speakers = new Speakers();
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Puts a socket in its room, and the lease in the hands of the room. Whose socket it is, or why there is no place.
   */
  join(socket: WebSocket, { admitted: { actor, formulaId, extra }, ended, lease }: Prepared): Result<Person, Refusal> {
    const reason = lease.document.isLost ? LOST : this.#full(actor, formulaId);
    if (reason) {
      lease.release();
      return err({ code: CLOSE.tryAgainLater, reason });
    }
    const room = this.#roomOf(formulaId, lease);
    const { limits, metrics } = this.#options;
    const connection = new RoomSocket({
      socket,
      room,
      actor,
      extra,
      ended,
      limits,
      budgets: this.#budgetsOf(actor),
      metrics,
    });
    const entry: Open = { connection, room, actor, end: undefined, isAlive: true, checked: Promise.resolve() };
    this.#open.add(entry);
    this.#lookAgainAt(entry, actor.expiresAt);
    room.join(connection);
    this.#options.onCrowd();
    socket.on('pong', () => {
      entry.isAlive = true;
    });
    socket.on('error', (error) => this.#options.log.debug({ err: error }, 'a socket failed'));
    socket.on('close', () => this.#leave(entry));
    return ok(actor);
  }

  /**
   * Looks again at the sockets of one person, or of all: their session may have ended, their role may have changed
   * (A3).
   */
  async recheck(userId?: UserId): Promise<void> {
    const concerned = [...this.#open].filter(({ connection }) => userId === undefined || connection.userId === userId);
    await Promise.all(concerned.map((entry) => this.#check(entry)));
  }

  /** One look after another, so that what was seen last is what holds. */
  #check(entry: Open): Promise<void> {
    const { connection, room, actor } = entry;
    entry.checked = entry.checked
      .catch(() => undefined)
      .then(async () => {
        const found = await this.#options.readmit(actor, room.document.id.orgId);
        if (!found.ok) return connection.close(found.error.code, found.error.reason);
        connection.setActor(found.value);
        this.#lookAgainAt(entry, found.value.expiresAt);
      });
    return entry.checked;
  }

  #lookAgainAt(entry: Open, time: Date | undefined): void {
    clearTimeout(entry.end);
    if (!time || !this.#open.has(entry)) return;
    const wait = Math.min(LONGEST_TIMER_MS, Math.max(0, time.getTime() - Date.now()) + A_MOMENT_MS);
    entry.end = setTimeout(
      () => void this.#check(entry).catch(() => this.#lookAgainAt(entry, new Date(Date.now() + 60_000))),
      wait,
    ).unref();
  }

  /** Ends the lines on which nothing came back since the last time, and says something on the others (P3). */
  beat(): void {
    const present = new Set<string>([...this.#open].flatMap(({ actor }) => [actor.userId, actor.orgId]));
    for (const orgId of this.#lines.keys()) if (!present.has(orgId)) this.#lines.delete(orgId);
    for (const [id, budget] of this.#budgets)
      if (!present.has(id) && budget.isFull(performance.now())) this.#budgets.delete(id);
    for (const entry of this.#open) {
      if (!entry.isAlive && !entry.connection.isWaiting) {
        entry.connection.socket.terminate();
        continue;
      }
      entry.isAlive = false;
      entry.connection.socket.ping();
      entry.connection.sayNothing();
    }
  }

  /** How many sockets there are, and the bytes that wait for their readers. */
  stats(): Pick<Stats, 'sockets' | 'queued' | 'mostQueued'> {
    let [queued, mostQueued] = [0, 0];
    for (const { connection } of this.#open) {
      const waiting = connection.socket.bufferedAmount;
      queued += waiting;
      mostQueued = Math.max(mostQueued, waiting);
    }
    return { sockets: this.#open.size, queued, mostQueued };
  }

  /** What comes from here on is sent again by clients that come back. */
  stopTaking(): void {
    for (const { connection } of this.#open) connection.stopTaking();
  }

  closeAll(code: number, reason: string): void {
    for (const { connection } of this.#open) connection.socket.close(code, reason);
  }

  /**
   * Resolves once those who open a document have paid for loading it, before that is done; throws `LoadsOwed` when they
   * owe for too much. Whoever opens one that is in memory pays for what is sent alone.
   */
  async payForLoad(actor: Person, address: string | null, bytes: number): Promise<void> {
    const { loadedBytesPerToken, longestDebtMs, ratePerAddress, burstPerAddress } = this.#options.limits;
    const { person, organisation } = this.#budgetsOf(actor);
    const payers = [person, organisation];
    if (address !== null) payers.push(this.#budgetOf(addressKey(address), ratePerAddress, burstPerAddress));
    const owed = (): number => Math.max(...payers.map((payer) => payer.owes(performance.now())));
    for (let debt = owed(); debt > 0; debt = owed()) {
      if (debt > longestDebtMs) throw new LoadsOwed(OWED);
      await delay(Math.ceil(debt));
    }
    for (const payer of payers) payer.take(1 + bytes / loadedBytesPerToken, performance.now());
  }

  #budgetsOf({ userId, orgId }: Person): Budgets {
    const { ratePerPerson, burstPerPerson, ratePerOrganisation, burstPerOrganisation } = this.#options.limits;
    return {
      person: this.#budgetOf(userId, ratePerPerson, burstPerPerson),
      organisation: this.#budgetOf(orgId, ratePerOrganisation, burstPerOrganisation),
      line: this.#lineOf(orgId),
    };
  }

  #lineOf(orgId: OrgId): WaitingLine {
    const line = this.#lines.get(orgId) ?? new WaitingLine();
    this.#lines.set(orgId, line);
    return line;
  }

  #budgetOf(id: string, rate: number, burst: number): TokenBucket {
    const budget = this.#budgets.get(id) ?? new TokenBucket(rate, burst, performance.now());
    this.#budgets.set(id, budget);
    return budget;
  }

  #full({ userId, orgId }: Person, formulaId: FormulaId): string | null {
    const { limits } = this.#options;
    if ((this.#options.rooms.get(formulaId)?.connections.size ?? 0) >= limits.socketsPerDocument)
      return 'Too many people have this strategy open.';
    let [own, ofOrganisation] = [0, 0];
    for (const { actor } of this.#open) {
      if (actor.orgId === orgId) ofOrganisation += 1;
      if (actor.userId === userId) own += 1;
    }
    if (own >= limits.socketsPerPerson) return 'You have this open in too many places.';
    if (this.#open.size >= limits.sockets && !this.#takeBack(ofOrganisation + 1))
      return 'The server is full. Try again in a moment.';
    return ofOrganisation >= Math.min(limits.socketsPerOrganisation, Math.floor(limits.sockets * limits.share))
      ? 'Too many people of your organisation have strategies open. Close some, or try again in a moment.'
      : null;
  }

  /**
   * Ends the newest socket of the organisation that has most, if that is more than whoever asks would have. False when
   * there is none.
   */
  #takeBack(asker: number): boolean {
    const counts = new Map<string, number>();
    for (const { actor } of this.#open) counts.set(actor.orgId, (counts.get(actor.orgId) ?? 0) + 1);
    const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
    if (!most || most[1] <= asker) return false;
    const entry = [...this.#open].findLast(({ actor }) => actor.orgId === most[0]);
    if (!entry) return false;
    entry.connection.close(CLOSE.tryAgainLater, GIVES);
    this.#leave(entry);
    // Whoever does not answer would stay for half a minute.
    setTimeout(() => entry.connection.socket.terminate(), ANSWER_MS).unref();
    return true;
  }

  /** A document that was lost takes its room with it: who comes back finds a new one. */
  #roomOf(formulaId: FormulaId, lease: Lease): Room {
    const known = this.#options.rooms.get(formulaId);
    if (known?.document === lease.document) {
      lease.release();
      return known;
    }
    const { limits, exchange } = this.#options;
    const room = new Room(lease, limits, exchange, this.#speakers);
    this.#options.rooms.set(formulaId, room);
    return room;
  }

  #leave(entry: Open): void {
    const { room, connection } = entry;
    if (!this.#open.delete(entry)) return;
    clearTimeout(entry.end);
    room.leave(connection);
    this.#options.onCrowd();
    if (room.connections.size > 0) return;
    room.close();
    const { formulaId } = room.document.id;
    if (this.#options.rooms.get(formulaId) === room) this.#options.rooms.delete(formulaId);
  }
}
