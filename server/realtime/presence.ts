import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encodeMessage, MESSAGE } from '#collab/messages.ts';
import type { PresentUser } from '#collab/presence.ts';

interface Entry<Owner> {
  readonly owner: Owner;
  readonly userId: string;
  readonly clock: number;
  /** The state as JSON; `null` in the last message about somebody who has left. */
  readonly json: string;
}

/** Who is there and what they show. An owner is a socket. */
export class Presence<Owner> {
  private readonly entries = new Map<number, Entry<Owner>>();
  private readonly clients = new Map<Owner, number>();
  private changed = new Set<number>();

  /** Takes in an awareness update of `owner`: of its own client id only, with `user` as we know it. True when there is something to tell. */
  receive(owner: Owner, user: PresentUser, update: Uint8Array, largest: number): boolean {
    const decoder = decoding.createDecoder(update);
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const json = decoding.readVarString(decoder);
      const stamped = json.length <= largest ? stamp(json, user) : undefined;
      if (stamped !== undefined && this.claim(owner, user.id, client)) this.set(client, { owner, userId: user.id, clock, json: stamped });
    }
    return this.changed.size > 0;
  }

  /** True when there is something to tell. */
  leave(owner: Owner): boolean {
    const client = this.clients.get(owner);
    const entry = client === undefined ? undefined : this.entries.get(client);
    if (client === undefined || !entry) return false;
    this.clients.delete(owner);
    this.set(client, { ...entry, clock: entry.clock + 1, json: 'null' });
    return true;
  }

  /** A message with what has changed since the last one. */
  takeChanges(): Uint8Array {
    const message = this.encode([...this.changed]);
    for (const client of this.changed) if (this.entries.get(client)?.json === 'null') this.entries.delete(client);
    this.changed = new Set();
    return message;
  }

  encodeAll(): Uint8Array {
    return this.encode([...this.entries.keys()]);
  }

  /** One client id a socket. Somebody who comes back before we know that the old line is dead takes it over. */
  private claim(owner: Owner, userId: string, client: number): boolean {
    const own = this.clients.get(owner);
    if (own !== undefined) return own === client;
    const entry = this.entries.get(client);
    if (entry && this.clients.get(entry.owner) === client) {
      if (entry.userId !== userId) return false;
      this.clients.delete(entry.owner);
    }
    this.clients.set(owner, client);
    return true;
  }

  private set(client: number, entry: Entry<Owner>): void {
    const before = this.entries.get(client);
    if (before && entry.clock < before.clock) return;
    this.entries.set(client, entry);
    this.changed.add(client);
  }

  private encode(clients: readonly number[]): Uint8Array {
    const update = encoding.createEncoder();
    encoding.writeVarUint(update, clients.length);
    for (const client of clients) {
      const { clock, json } = this.entries.get(client) ?? { clock: 0, json: 'null' };
      encoding.writeVarUint(update, client);
      encoding.writeVarUint(update, clock);
      encoding.writeVarString(update, json);
    }
    return encodeMessage(MESSAGE.awareness, (encoder) => encoding.writeVarUint8Array(encoder, encoding.toUint8Array(update)));
  }
}

/** Undefined when it is no state. */
function stamp(json: string, user: PresentUser): string | undefined {
  const state: unknown = JSON.parse(json);
  if (state === null) return 'null';
  if (typeof state !== 'object' || Array.isArray(state)) return undefined;
  return JSON.stringify({ ...state, user });
}
