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

  private readonly onTaken = (error?: Error | null): void => {
    if (error || !this.behind || this.socket.bufferedAmount > this.bound / 4) return;
    this.behind = false;
    this.onDrained();
  };
}
