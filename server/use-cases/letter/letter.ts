import type { OrgId, UserId } from '#core/requests/ids.ts';
import type { LetterKind } from './letters.ts';

/** A letter that an event causes: a row of the outbox and a job, in the event's transaction. Holds no secret. */
export interface NewLetter {
  /** Of a letter about what happened in an organisation: then the organisation's own transaction writes it. */
  readonly orgId?: OrgId;
  readonly kind: LetterKind;
  /** Whose letter it is; null for somebody without an account. */
  readonly userId: UserId | null;
  readonly address: string;
  /** What the letter says beside what its kind says, as texts. */
  readonly facts: Readonly<Record<string, string>>;
}
