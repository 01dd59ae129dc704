import type { WebSocket } from 'ws';

/**
 * Sends to a socket as long as its reader keeps up. Beyond `bound` bytes nothing more is queued; `onDrained` is called once what was queued is
 * taken, and says anew what the reader missed (rule B1).
 */
export class BoundedSender {
  private readonly socket: WebSocket;
  private readonly bound: number;
  private readonly onDrained: () => void;
  private behind = false;
  private isInParts = false;

  constructor(socket: WebSocket, bound: number, onDrained: () => void) {
    this.socket = socket;
    this.bound = bound;
    this.onDrained = onDrained;
  }

  get isBehind(): boolean {
    return this.behind;
  }

  /** False when the reader does not keep up: then it is not sent. */
  send(message: Uint8Array): boolean {
    if (this.behind) return false;
    if (this.socket.bufferedAmount > this.bound) {
      this.behind = true;
      return false;
    }
    this.socket.send(message, this.onTaken);
    return true;
  }

  /**
   * Sends a message of any size as fragments of one, each when the one before is taken (B3). Meanwhile the reader counts as behind: nothing may stand
   * between fragments. False when the reader is behind already.
   */
  sendInParts(message: Uint8Array): boolean {
    if (this.behind) return false;
    this.behind = true;
    this.isInParts = true;
    let at = 0;
    const next = (error?: Error | null): void => {
      if (error || this.socket.readyState !== this.socket.OPEN) return;
      const part = message.subarray(at, at + this.bound);
      at += part.length;
      const isLast = at >= message.length;
      this.socket.send(part, { binary: true, fin: isLast }, isLast ? this.onLast : next);
    };
    next();
    return true;
  }

  private readonly onLast = (error?: Error | null): void => {
    this.isInParts = false;
    this.onTaken(error);
  };

  private readonly onTaken = (error?: Error | null): void => {
    if (error || this.isInParts || !this.behind || this.socket.bufferedAmount > this.bound / 4) return;
    this.behind = false;
    this.onDrained();
  };
}
