import type { WebSocket } from 'ws';

/**
 * `behind`: what is queued is more than the bound. `inParts`: a long message is being sent, and nothing may stand
 * between its parts.
 */
type SendingState = 'open' | 'behind' | 'inParts';

/**
 * Sends to a socket as long as its reader keeps up. Beyond `bound` bytes nothing more is queued; `onDrained` is called
 * once what was queued is taken, and says anew what the reader missed (rule B1).
 */
export class BoundedSender {
  readonly #socket: WebSocket;
  readonly #bound: number;
  readonly #onDrained: () => void;
  #state: SendingState = 'open';

  constructor(socket: WebSocket, bound: number, onDrained: () => void) {
    this.#socket = socket;
    this.#bound = bound;
    this.#onDrained = onDrained;
  }

  get isBehind(): boolean {
    return this.#state !== 'open';
  }

  /** False when the reader does not keep up: then it is not sent. */
  send(message: Uint8Array): boolean {
    if (this.isBehind) return false;
    if (this.#socket.bufferedAmount > this.#bound) {
      this.#state = 'behind';
      return false;
    }
    this.#socket.send(message, this.#onTaken);
    return true;
  }

  /**
   * Sends a message of any size as fragments of one, each when the one before is taken (B3). Meanwhile the reader
   * counts as behind: nothing may stand between fragments. False when the reader is behind already.
   */
  sendInParts(message: Uint8Array): boolean {
    if (this.isBehind) return false;
    this.#state = 'inParts';
    let at = 0;
    const next = (error?: Error | null): void => {
      if (error || this.#socket.readyState !== this.#socket.OPEN) return;
      const part = message.subarray(at, at + this.#bound);
      at += part.length;
      const isLast = at >= message.length;
      this.#socket.send(part, { binary: true, fin: isLast }, isLast ? this.#onLast : next);
    };
    next();
    return true;
  }

  readonly #onLast = (error?: Error | null): void => {
    this.#state = 'behind';
    this.#onTaken(error);
  };

  readonly #onTaken = (error?: Error | null): void => {
    if (error || this.#state !== 'behind' || this.#socket.bufferedAmount > this.#bound / 4) return;
    this.#state = 'open';
    this.#onDrained();
  };
}
