import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import { underLock } from '../act/right.ts';
import type { Caller } from '../context.ts';
import { endMembership } from './end-membership.ts';

/** Ends the person's own membership, with the sessions that work in the organisation: this one too. */
export function leaveOrganisation(caller: Caller<Person>): Promise<void> {
  return act(caller, underLock('org.read'), (unit) => endMembership(unit, unit.principal, 'member.left'));
}
