import type { BotId, OrgId, UserId } from '#core/requests/ids.ts';
import type { Permission, Role } from './permissions.ts';

/** A signed-in person in the organisation they are working in. */
export interface Person {
  readonly kind: 'person';
  readonly userId: UserId;
  readonly name: string;
  readonly email: string;
  readonly orgId: OrgId;
  readonly orgName: string;
  readonly role: Role;
  /** Whether they look after the installation too. */
  readonly isPlatformAdmin?: boolean;
  /** The chain of the session: stays when its token changes, and is no secret. */
  readonly sessionId: string;
  /** When the session ends unless it is used; not there for who acts without one. */
  readonly expiresAt?: Date;
  /** When the person last showed, within this session, that it is they; not there for who acts without a session. */
  readonly steppedUpAt?: Date | null;
  /** Whether the address of the account was confirmed; not there for who acts without a session. */
  readonly isVerified?: boolean;
  /** Whether the account has a second factor; not there for who acts without a session. */
  readonly hasSecondFactor?: boolean;
}

/** A program that an organisation has let in, with some of the permissions of the person who made the key. */
export interface ApiKey {
  readonly kind: 'key';
  readonly keyId: string;
  readonly orgId: OrgId;
  /** Who made the key, and answers for what is done with it. */
  readonly madeBy: UserId;
  /** Never more than the maker has at this moment. */
  readonly permissions: readonly Permission[];
}

/** A bot that takes its next bar. */
export interface RunningBot {
  readonly kind: 'bot';
  readonly botId: BotId;
  readonly orgId: OrgId;
}

/** Work that nobody asked for at this moment, such as a job; in one organisation. */
export interface SystemTask {
  readonly kind: 'system';
  /** As the audit names it. */
  readonly task: string;
  readonly orgId: OrgId;
}

/** Who acts, always in one organisation. */
export type Principal = Person | ApiKey | RunningBot | SystemTask;

/** The person behind an act; null when there is none. */
export function userOf(principal: Principal): UserId | null {
  switch (principal.kind) {
    case 'person':
      return principal.userId;
    case 'key':
      return principal.madeBy;
    case 'bot':
    case 'system':
      return null;
  }
}
