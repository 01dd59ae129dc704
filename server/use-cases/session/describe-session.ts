import { lastSequence } from '#server/db/queries/events.ts';
import { findDeletion, listOrganisationsOfUser } from '#server/db/queries/organisations.ts';
import { permissionsOf } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { read, readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';

interface Asking extends Caller<Person> {
  /** Whoever asks, by a new look. */
  authenticateAgain(): Promise<Person | null>;
}

/**
 * What the interface needs to know about who is signed in; null once their session has ended. The last event is read
 * before all the rest: what is said here, and whatever is asked for afterwards, is at least as new as that.
 */
export async function describeSession(caller: Asking) {
  const { db, principal: asked, authenticateAgain } = caller;
  const { lastEventId, deleteAfter } = await read(caller, 'org.read', async (tx) => ({
    lastEventId: await lastSequence(tx, asked.orgId),
    deleteAfter: await findDeletion(tx, asked.orgId),
  }));
  const [principal, organisations] = await Promise.all([
    authenticateAgain(),
    readAcross(db, freely('one’s own organisations'), (tx) => listOrganisationsOfUser(tx, asked.userId)),
  ]);
  if (principal?.orgId !== asked.orgId) return null;
  return {
    user: {
      id: principal.userId,
      name: principal.name,
      email: principal.email,
      isVerified: principal.isVerified ?? false,
      hasSecondFactor: principal.hasSecondFactor ?? false,
    },
    org: { id: principal.orgId, name: principal.orgName },
    role: principal.role,
    /** When the organisation is deleted; null while nobody has asked for that. */
    deleteAfter: deleteAfter?.getTime() ?? null,
    isPlatformAdmin: principal.isPlatformAdmin ?? false,
    permissions: permissionsOf(principal.role),
    /** The organisations that `session.switch` takes. */
    organisations,
    /** `live.events` goes on behind it. */
    lastEventId: String(lastEventId),
  };
}
