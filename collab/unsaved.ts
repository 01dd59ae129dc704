import type { Row } from '#collab/copy/store.ts';

/** Not on its way: made offline, or not taken by the server. */
const KEPT = Infinity;

/**
 * Which changes made here the server has not yet committed. It numbers the update messages of a connection from 1 and
 * says up to which it has committed them; a sync step 2 is such a message too, and carries all that was kept.
 */
export class Unsaved {
  #sent = 0;
  #changes: { readonly message: number; readonly row: Row }[];

  /** `kept`: what an earlier connection, or an earlier tab, has left. */
  constructor(kept: readonly Row[] = []) {
    this.#changes = kept.map((row) => ({ message: KEPT, row }));
  }

  get count(): number {
    return this.#changes.length;
  }

  get rows(): readonly Row[] {
    return this.#changes.map(({ row }) => row);
  }

  /** A change was made; `isSent` says whether it went out at once as a message of its own. */
  add(row: Row, isSent: boolean): void {
    if (isSent) this.#sent += 1;
    this.#changes.push({ message: isSent ? this.#sent : KEPT, row });
  }

  /** A message went out that carries everything the server lacks. */
  sendAll(): void {
    this.#sent += 1;
    this.#move((message) => (message === KEPT ? this.#sent : message));
  }

  /** The server has committed this connection's messages up to this one. Returns the changes in them. */
  confirm(message: number): readonly Row[] {
    const confirmed = this.#changes.filter((change) => change.message <= message);
    if (confirmed.length > 0) this.#changes = this.#changes.filter((change) => change.message > message);
    return confirmed.map(({ row }) => row);
  }

  /** The server did not take this message. */
  keep(message: number): void {
    this.#move((own) => (own === message ? KEPT : own));
  }

  /** A new connection: what was on its way may not have arrived. */
  restart(): void {
    this.#sent = 0;
    this.#move(() => KEPT);
  }

  #move(to: (message: number) => number): void {
    this.#changes = this.#changes.map(({ message, row }) => ({ message: to(message), row }));
  }
}
