import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { idOf, type FormulaId } from '#core/requests/ids.ts';
import type { Log } from '#server/observability/log.ts';

const CHANNEL = 'alphaloom_presence';
/** At most ten times a second: a cursor that crosses is drawn on its way anyway. */
const GATHER_MS = 100;
const HELLO_MS = 20_000;
/** A server is gone when it has missed this many hellos. */
const SILENT_MS = 2.5 * HELLO_MS;
/** As y-protocols has it: a client that lives says so every 15 s. */
const FORGET_MS = 30_000;
/** Postgres takes fewer than 8,000 bytes. */
const PART = 7_900;
/** The longest message that is put together; what is longer is none of ours. */
const LONGEST = 8_000_000;

/** A document that people have open here. */
export interface ExchangedRoom {
  readonly formulaId: FormulaId;
  takePresenceHere(): Uint8Array | null;
  repeatPresenceHere(): void;
  adoptPresence(update: Uint8Array, now: number): void;
  forgetPresence(time: number): void;
}

/**
 * Carries what people show to the other servers, and theirs here (M3). With no other server it says next to nothing.
 */
export interface PresenceExchange {
  /** Somebody in this room shows something new. */
  changed(room: ExchangedRoom): void;
  /** The first person here has come. */
  opened(room: ExchangedRoom): void;
  close(): Promise<void>;
}

interface Options {
  readonly sql: Sql;
  readonly log: Log;
  /** By document. */
  readonly rooms: ReadonlyMap<FormulaId, ExchangedRoom>;
}

const messageSchema = z.object({
  /** The server has just come: who hears it says hello too. */
  isNew: z.boolean().optional(),
  /** Documents whose presence the server would like to have. */
  asks: z.array(z.string().transform((text) => idOf('formula', text))).default([]),
  /** Awareness updates by document, as base64. */
  shows: z.record(z.string(), z.string()).default({}),
});
type Message = z.input<typeof messageSchema>;

export async function startPresenceExchange({ sql, log, rooms }: Options): Promise<PresenceExchange> {
  const self = randomUUID();
  const others = new Map<string, number>();
  const parts = new Map<string, string>();
  let asks = new Set<FormulaId>();
  let shows = new Map<FormulaId, Uint8Array[]>();
  let timer: NodeJS.Timeout | undefined;
  let sending = Promise.resolve();

  /** One message after the other, each in parts that Postgres takes: they arrive in this order. */
  function say(message: Message): void {
    const text = JSON.stringify(message);
    sending = sending
      .then(async () => {
        for (let at = 0; at < text.length; at += PART)
          await sql.notify(CHANNEL, `${self}${at + PART < text.length ? '+' : '.'}${text.slice(at, at + PART)}`);
      })
      .catch((error: unknown) => log.warn({ err: error }, 'other servers were not told who is here'));
  }

  function tell(): void {
    timer = undefined;
    const message = {
      asks: [...asks],
      shows: Object.fromEntries(
        [...shows].map(([formulaId, updates]) => [
          formulaId,
          updates.map((update) => Buffer.from(update).toString('base64')).join(' '),
        ]),
      ),
    };
    asks = new Set();
    shows = new Map();
    if (others.size > 0) say(message);
  }

  function soon(): void {
    timer ??= setTimeout(tell, GATHER_MS);
  }

  function take(room: ExchangedRoom): void {
    const update = room.takePresenceHere();
    if (!update || others.size === 0) return;
    shows.set(room.formulaId, [...(shows.get(room.formulaId) ?? []), update]);
    soon();
  }

  function repeat(room: ExchangedRoom | undefined): void {
    room?.repeatPresenceHere();
    if (room) take(room);
  }

  function hear(server: string, { isNew, asks: asked, shows: shown }: z.output<typeof messageSchema>): void {
    const isUnknown = !others.has(server);
    others.set(server, performance.now());
    if (isNew) say({});
    if (isNew || isUnknown) rooms.forEach(repeat);
    else for (const formulaId of asked) repeat(rooms.get(formulaId));
    for (const [formulaId, updates] of Object.entries(shown)) {
      const room = rooms.get(idOf('formula', formulaId));
      for (const update of room ? updates.split(' ') : [])
        room?.adoptPresence(Buffer.from(update, 'base64'), performance.now());
    }
  }

  function onNotify(payload: string): void {
    const server = payload.slice(0, self.length);
    if (server === self) return;
    const text = (parts.get(server) ?? '') + payload.slice(self.length + 1);
    parts.delete(server);
    if (payload[self.length] === '+') {
      if (text.length < LONGEST) parts.set(server, text);
      return;
    }
    try {
      hear(server, messageSchema.parse(JSON.parse(text)));
    } catch (error) {
      log.warn({ err: error }, 'a message about who is on another server could not be read');
    }
  }

  /** Anything may have been said before the line was there. */
  function begin(): void {
    parts.clear();
    say({ isNew: true });
  }

  const listening = await sql.listen(CHANNEL, onNotify, begin);
  const beat = setInterval(() => {
    const now = performance.now();
    for (const [server, heard] of others) if (now - heard > SILENT_MS) others.delete(server);
    rooms.forEach((room) => room.forgetPresence(now - FORGET_MS));
    say({});
  }, HELLO_MS).unref();

  return {
    changed: take,
    opened: ({ formulaId }) => {
      if (others.size === 0) return;
      asks.add(formulaId);
      soon();
    },
    close: async () => {
      clearInterval(beat);
      clearTimeout(timer);
      tell();
      await sending;
      await listening.unlisten();
    },
  };
}
