import type { Notice } from '#core/notification/notice.ts';
import type { UserId } from '#core/requests/ids.ts';
import type { StoredEvent, TransientEvent } from '#server/live/event.ts';
import type { PreparedJob } from '#server/queue/prepare-job.ts';
import type { NewLetter } from '../letter/letter.ts';

/** What the audit keeps of an event, beside who caused it, from where and when. */
export interface Audited {
  readonly entity: string;
  readonly entityId: string;
  /** `{ field: [before, after] }` */
  readonly difference?: Readonly<Record<string, readonly [unknown, unknown]>>;
}

/** Said where an event has no effect of a kind, with the reason: a kind of effect can be left out, never forgotten. */
export interface Nothing {
  readonly nothing: string;
}

export const nothing = (reason: string): Nothing => ({ nothing: reason });

/** What follows from an event, in the transaction in which the event happened. */
export interface Effects {
  readonly audit: Audited | Nothing;
  /** What open browsers of the organisation are told. */
  readonly live: readonly StoredEvent[] | Nothing;
  /** What they are told if they are there, and is not kept. */
  readonly transient?: readonly TransientEvent[];
  /** Whom it concerns. Whoever is no member any more is not told, nor is anybody twice. */
  readonly notices?: readonly Notice[];
  /** Sent by the house, soon after; a row of the outbox each. */
  readonly letters?: readonly NewLetter[];
  readonly jobs?: readonly PreparedJob[];
  /** People whose sessions, role or membership changed: their open sockets look again. */
  readonly access?: readonly UserId[];
}
