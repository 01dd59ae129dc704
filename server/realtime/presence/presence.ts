import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readPresence, type PresentUser } from '#collab/presence.ts';
import type { FormulaId, UserId } from '#core/requests/ids.ts';
import { Speakers } from './speakers.ts';

interface Entry<Owner> {
  /** null: their socket is on another server. */
  readonly owner: Owner | null;
  readonly userId: UserId;
  readonly clock: number;
  /** The state as JSON; `null` in the last message about somebody who has left. */
  readonly json: string;
  /** When this was heard, in milliseconds. Of use for those on other servers: theirs may have died. */
  readonly heard: number;
}

/**
 * Who is there and what they show. An owner is a socket of this server. Updates are those of y-protocols' awareness.
 */
export class Presence<Owner> {
  readonly #entries = new Map<number, Entry<Owner>>();
  readonly #clients = new Map<Owner, number>();
  /**
   * Whose each client id is, also while they are away: nobody else can take the id meanwhile, which would keep them
   * from being seen.
   */
  readonly #speakers: Speakers;
  readonly #formulaId: FormulaId;
  /** What the sockets here, and what other servers were not told yet. */
  #changed = new Map<number, Entry<Owner>>();
  #changedHere = new Map<number, Entry<Owner>>();

  constructor(formulaId: FormulaId, speakers = new Speakers()) {
    this.#formulaId = formulaId;
    this.#speakers = speakers;
  }

  /**
   * Takes in an update of `owner`: of its own client id only, with `user` as we know it. True when there is something
   * to tell.
   */
  receive(owner: Owner, user: PresentUser, update: Uint8Array, largest: number): boolean {
    for (const { client, clock, json } of read(update)) {
      const stamped = json.length <= largest ? stamp(json, user) : undefined;
      if (stamped !== undefined && this.#claim(owner, user.id, client))
        this.#set(client, { owner, userId: user.id, clock, json: stamped, heard: 0 });
    }
    return this.#changed.size > 0;
  }

  /** True when there is something to tell. */
  leave(owner: Owner): boolean {
    const client = this.#clients.get(owner);
    const entry = client === undefined ? undefined : this.#entries.get(client);
    if (client === undefined || !entry) return false;
    this.#clients.delete(owner);
    this.#set(client, { ...entry, clock: entry.clock + 1, json: 'null' });
    return true;
  }

  /**
   * Takes in an update of another server, which has stamped it. Nobody there speaks for a socket of ours. True when
   * there is something to tell.
   */
  adopt(update: Uint8Array, now: number): boolean {
    for (const { client, clock, json } of read(update)) {
      const known = this.#entries.get(client);
      if (known && this.#isHere(client, known)) continue;
      const userId = readPresence(JSON.parse(json)).user?.id ?? known?.userId;
      if (userId === undefined || (this.#personOf(client) ?? userId) !== userId) continue;
      this.#speakers.remember(this.#formulaId, client, userId);
      this.#set(client, { owner: null, userId, clock, json, heard: now });
    }
    return this.#changed.size > 0;
  }

  /** Forgets people on other servers of whom nothing was heard since `time`. True when somebody was forgotten. */
  forget(time: number): boolean {
    for (const [client, entry] of this.#entries) {
      if (entry.owner === null && entry.heard < time)
        this.#set(client, { ...entry, clock: entry.clock + 1, json: 'null' });
    }
    return this.#changed.size > 0;
  }

  /** What has changed since this was asked last, here and on other servers. */
  takeChanges(): Uint8Array {
    const update = encode(this.#changed);
    for (const [client, { json }] of this.#changed)
      if (json === 'null' && this.#entries.get(client)?.json === 'null') this.#entries.delete(client);
    this.#changed = new Map();
    return update;
  }

  /** What has changed on this server since this was asked last; null when that is nothing. */
  takeChangesHere(): Uint8Array | null {
    const changes = this.#changedHere;
    this.#changedHere = new Map();
    return changes.size > 0 ? encode(changes) : null;
  }

  /** Sends everything to the other servers again. */
  repeatHere(): void {
    for (const [client, entry] of this.#entries) if (this.#isHere(client, entry)) this.#changedHere.set(client, entry);
  }

  encodeAll(): Uint8Array {
    return encode(this.#entries);
  }

  #isHere(client: number, { owner }: Entry<Owner>): boolean {
    return owner !== null && this.#clients.get(owner) === client;
  }

  /** One client id a socket. Somebody who comes back before we know that the old line is dead takes it over. */
  #claim(owner: Owner, userId: UserId, client: number): boolean {
    const own = this.#clients.get(owner);
    if (own !== undefined) return own === client;
    if ((this.#personOf(client) ?? userId) !== userId) return false;
    const entry = this.#entries.get(client);
    if (entry && entry.json !== 'null') {
      if (entry.userId !== userId) return false;
      if (entry.owner !== null && this.#isHere(client, entry)) this.#clients.delete(entry.owner);
    }
    this.#clients.set(owner, client);
    this.#speakers.remember(this.#formulaId, client, userId);
    return true;
  }

  #personOf(client: number): string | undefined {
    return this.#speakers.personOf(this.#formulaId, client);
  }

  #set(client: number, entry: Entry<Owner>): void {
    const before = this.#entries.get(client);
    if (before && entry.clock < before.clock) return;
    this.#entries.set(client, entry);
    this.#changed.set(client, entry);
    if (entry.owner !== null) this.#changedHere.set(client, entry);
  }
}

function* read(
  update: Uint8Array,
): Generator<{ readonly client: number; readonly clock: number; readonly json: string }> {
  const decoder = decoding.createDecoder(update);
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    yield {
      client: decoding.readVarUint(decoder),
      clock: decoding.readVarUint(decoder),
      json: decoding.readVarString(decoder),
    };
  }
}

function encode(entries: ReadonlyMap<number, Pick<Entry<unknown>, 'clock' | 'json'>>): Uint8Array {
  const update = encoding.createEncoder();
  encoding.writeVarUint(update, entries.size);
  for (const [client, { clock, json }] of entries) {
    encoding.writeVarUint(update, client);
    encoding.writeVarUint(update, clock);
    encoding.writeVarString(update, json);
  }
  return encoding.toUint8Array(update);
}

/** Undefined when it is no state. */
function stamp(json: string, user: PresentUser): string | undefined {
  const state: unknown = JSON.parse(json);
  if (state === null) return 'null';
  if (typeof state !== 'object' || Array.isArray(state)) return undefined;
  return JSON.stringify({ ...state, user });
}
