import type { Caller } from '../context.ts';
import { inLockedOrganisation } from '../in-locked-organisation.ts';
import { endMembership } from './end-membership.ts';

/** Ends the actor's own membership, with the sessions that work in the organisation: this one too. */
export function leaveOrganisation(caller: Caller): Promise<void> {
  return inLockedOrganisation(caller, 'org.read', (tx, actor) => endMembership(tx, caller, actor, 'member.left'));
}
