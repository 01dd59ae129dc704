import type { WebSocket } from 'ws';
import { addressKey } from '#server/limits/address-key.ts';
import { SOCKETS } from '#server/policies/limits.ts';
import type { Person } from '#server/policies/principal.ts';

/** Who is at a socket. */
export interface Guest {
  readonly address: string | null;
  readonly actor: Pick<Person, 'userId' | 'orgId'> | null;
  /** UTC milliseconds since when they are who they are. */
  readonly since: number;
}

const CLOSE_UNAUTHENTICATED = 4401;

/** The open sockets: how many by address, person and organisation. Strangers are few and do not stay. */
export class Crowd {
  readonly #guests = new Map<WebSocket, Guest>();
  readonly #counts = new Map<string, number>();

  enter(socket: WebSocket, guest: Guest): void {
    this.#guests.set(socket, guest);
    this.#count(guest, 1);
    socket.once('close', () => {
      const left = this.#guests.get(socket);
      this.#guests.delete(socket);
      if (left) this.#count(left, -1);
    });
  }

  /** Who is at a socket now. Returns it. */
  know<T extends Person | null>(socket: WebSocket, actor: T): T {
    const guest = this.#guests.get(socket);
    if (!guest || (guest.actor?.userId === actor?.userId && guest.actor?.orgId === actor?.orgId)) return actor;
    this.#count(guest, -1);
    const now: Guest = { address: guest.address, actor, since: Date.now() };
    this.#guests.set(socket, now);
    this.#count(now, 1);
    return actor;
  }

  /** Why there is no place whoever it is, before it is looked up who that is. */
  isFull(): string | null {
    return this.#guests.size >= SOCKETS.all ? 'The server is full. Try again in a moment.' : null;
  }

  /**
   * Why there is no place for them, if so. However many come from a network, an organisation there that has few sockets
   * gets another.
   */
  whyNot({ address, actor }: Guest): string | null {
    if (actor) {
      const ofOrganisation = this.#of(`organisation ${actor.orgId}`);
      if (this.#of(`person ${actor.userId}`) >= SOCKETS.perPerson)
        return 'You have Alphaloom open in too many tabs. Close some.';
      if (ofOrganisation >= SOCKETS.perOrganisation)
        return 'Too many people of your organisation are connected. Try again in a moment.';
      if (address === null || ofOrganisation < SOCKETS.fewOfOrganisation) return null;
      return this.#of(`address ${addressKey(address)}`) >= SOCKETS.perAddress
        ? 'Too many connections are open from your network. Close some tabs.'
        : null;
    }
    if (this.#of('strangers') >= SOCKETS.strangers) return 'The server is full. Sign in, or try again in a moment.';
    return address !== null && this.#of(`strangers ${addressKey(address)}`) >= SOCKETS.strangersPerAddress
      ? 'Too many connections are open from your network. Sign in, or close some.'
      : null;
  }

  dismissStrangers(now: number): void {
    for (const [socket, { actor, since }] of this.#guests) {
      if (actor !== null || now - since < SOCKETS.strangerMs) continue;
      socket.close(CLOSE_UNAUTHENTICATED, 'Sign in to stay connected.');
      // Who does not say goodbye is not waited for.
      if (now - since > 2 * SOCKETS.strangerMs) socket.terminate();
    }
  }

  #of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  #count({ address, actor }: Guest, change: 1 | -1): void {
    const keys = [
      ...(address === null ? [] : [`address ${addressKey(address)}`]),
      ...(actor
        ? [`person ${actor.userId}`, `organisation ${actor.orgId}`]
        : ['strangers', ...(address === null ? [] : [`strangers ${addressKey(address)}`])]),
    ];
    for (const key of keys) {
      const count = this.#of(key) + change;
      if (count > 0) this.#counts.set(key, count);
      else this.#counts.delete(key);
    }
  }
}
