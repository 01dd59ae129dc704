import type { Role } from '#server/policies/permissions.ts';

/** Who acts: a signed-in person in the organisation they are working in. */
export interface Actor {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly orgId: string;
  readonly orgName: string;
  readonly role: Role;
  /** The session's id in the database, a hash; not the token. */
  readonly sessionId: string;
}
