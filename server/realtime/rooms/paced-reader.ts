import type { WebSocket } from 'ws';
import type { TokenBucket } from '#server/limits/token-bucket.ts';
import type { Limits } from '../limits.ts';
import type { Waiting, WaitingLine } from './waiting-line.ts';

/** What sockets share: the budgets of the person and of the organisation. */
export interface Budgets {
  readonly person: TokenBucket;
  readonly organisation: TokenBucket;
  /** Of the organisation. */
  readonly line: WaitingLine;
}

interface Options extends Budgets {
  readonly socket: WebSocket;
  readonly own: TokenBucket;
  readonly limits: Pick<Limits, 'message'>;
  read(data: Uint8Array): void;
  /** What was charged is paid, and nothing waits to be read. */
  onPaid(): void;
  /** More has come in one piece than anybody of ours sends. */
  onFlood(): void;
}

const BYTES_PER_TOKEN = 16_384;
/** So a person has a tenth of the process, and an organisation half of it, whatever their messages make it do. */
const TOKENS_PER_MS = 4;
/**
 * What a document may hold bounds the work of a message to less. More is a collection of garbage that fell into
 * somebody's message, and not theirs to pay.
 */
const MOST_CHARGED_MS = 150;
/**
 * Messages that wait at the most. One piece from the network has fewer, so that nobody is sent away for one: coming
 * back costs more than waiting.
 */
const MOST_HELD = 20_000;

/**
 * Hands on the messages of a socket as fast as is paid for (B2): by number, bytes and the time that they take. While
 * somebody owes something, none of their sockets is read, and what had come in one piece waits too. So nobody is in
 * debt by more than one message and its answer.
 */
export class PacedReader {
  readonly #options: Options;
  readonly #held: Uint8Array[] = [];
  readonly #turn: Waiting;
  #waiting = false;

  constructor(options: Options) {
    this.#options = options;
    this.#turn = { person: options.person, owes: () => this.#owes(), goOn: () => this.#goOn() };
  }

  get isWaiting(): boolean {
    return this.#waiting;
  }

  take(data: Uint8Array): void {
    if (!this.#waiting && this.#owes() === 0) return this.#options.read(data);
    if (this.#held.length >= MOST_HELD) return this.#options.onFlood();
    this.#held.push(data);
    this.#wait();
  }

  /** For what was received, or is answered. */
  charge(bytes: number): void {
    const { limits } = this.#options;
    const tokens = 1 + bytes / BYTES_PER_TOKEN;
    // For one large answer colleagues pay no more than for the largest message: the person waits for the rest.
    this.#pay(tokens, Math.min(tokens, 1 + limits.message / BYTES_PER_TOKEN));
  }

  /** Does something, and charges the time that it takes. */
  timed(work: () => void): void {
    // Of this thread, in microseconds: on a busy machine a clock would charge people for others.
    const began = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(began);
    const tokens = Math.min((user + system) / 1000, MOST_CHARGED_MS) * TOKENS_PER_MS;
    this.#pay(tokens, tokens);
  }

  #pay(tokens: number, ofAll: number): void {
    const { own, person, organisation } = this.#options;
    const now = performance.now();
    own.take(tokens, now);
    person.take(tokens, now);
    organisation.take(ofAll, now);
    if (this.#owes() > 0) this.#wait();
  }

  #owes(): number {
    const { own, person, organisation } = this.#options;
    const now = performance.now();
    return Math.max(own.owes(now), person.owes(now), organisation.owes(now));
  }

  #wait(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#options.socket.pause();
    this.#options.line.add(this.#turn);
  }

  #goOn(): boolean {
    const { socket, read, onPaid } = this.#options;
    if (socket.readyState !== socket.OPEN) return false;
    const data = this.#held.shift();
    if (data) read(data);
    if (this.#held.length > 0 || this.#owes() > 0) return true;
    this.#waiting = false;
    socket.resume();
    onPaid();
    return false;
  }
}
