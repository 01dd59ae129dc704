/** Not on its way: made offline, or not taken by the server. */
const KEPT = Infinity;

/**
 * Which changes made here the server has not yet committed. It numbers the update messages of a connection from 1 and says up to which it
 * has committed them; a sync step 2 is such a message too, and carries all that was kept.
 */
export class Unsaved {
  private sent = 0;
  private changes: number[] = [];

  get count(): number {
    return this.changes.length;
  }

  /** A change was made; `isSent` says whether it went out at once as a message of its own. */
  add(isSent: boolean): void {
    if (isSent) this.sent += 1;
    this.changes.push(isSent ? this.sent : KEPT);
  }

  /** A message went out that carries everything the server lacks. */
  sendAll(): void {
    this.sent += 1;
    this.changes = this.changes.map((message) => (message === KEPT ? this.sent : message));
  }

  /** The server has committed this connection's messages up to this one. */
  confirm(message: number): void {
    this.changes = this.changes.filter((change) => change > message);
  }

  /** The server did not take this message. */
  keep(message: number): void {
    this.changes = this.changes.map((change) => (change === message ? KEPT : change));
  }

  /** A new connection: what was on its way may not have arrived. */
  restart(): void {
    this.sent = 0;
    this.changes = this.changes.map(() => KEPT);
  }
}
