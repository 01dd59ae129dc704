import type { Role } from '#server/policies/permissions.ts';

/** Who acts: a signed-in person in the organisation they are working in. */
export interface Actor {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly orgId: string;
  readonly orgName: string;
  readonly role: Role;
  /** The chain of the session: stays when its token changes, and is no secret. */
  readonly sessionId: string;
  /** When the session ends unless it is used; not there for who acts without one. */
  readonly expiresAt?: Date;
}
