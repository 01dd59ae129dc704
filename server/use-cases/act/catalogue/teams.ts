import type { InvitationId, OrgId, UserId } from '#core/requests/ids.ts';
import type { StoredEvent } from '#server/live/event.ts';
import type { Role } from '#server/policies/permissions.ts';
import { nothing, type Effects } from '../effects.ts';

const CHANGED: readonly StoredEvent[] = [{ kind: 'team.changed', payload: {} }];

const ofMember = (userId: UserId, role: readonly [Role | null, Role | null]): Effects => ({
  audit: { entity: 'member', entityId: userId, difference: { role } },
  live: CHANGED,
  access: [userId],
});

interface Ended {
  readonly userId: UserId;
  readonly role: Role;
}

interface Accepted {
  readonly id: InvitationId;
  readonly createdBy: UserId;
}

export const TEAM_EVENTS = {
  'organisation.founded': ({ orgId, name }: { readonly orgId: OrgId; readonly name: string }): Effects => ({
    audit: { entity: 'organisation', entityId: orgId, difference: { name: [null, name] } },
    live: nothing('nobody is in the organisation yet'),
  }),
  /** By an invitation; by none for whoever founds an organisation. */
  'member.joined': ({ userId, role, invitation }: Ended & { readonly invitation: Accepted | null }): Effects => ({
    ...ofMember(userId, [null, role]),
    notices: invitation
      ? [
          {
            kind: 'invitation.accepted',
            userId: invitation.createdBy,
            once: `invitation ${invitation.id}`,
            facts: { role },
            actorId: userId,
          },
        ]
      : [],
  }),
  'member.role_changed': ({
    userId,
    before,
    role,
  }: {
    readonly userId: UserId;
    readonly before: Role;
    readonly role: Role;
  }): Effects => ofMember(userId, [before, role]),
  'member.removed': ({ userId, role }: Ended): Effects => ofMember(userId, [role, null]),
  'member.left': ({ userId, role }: Ended): Effects => ofMember(userId, [role, null]),
  'invitation.created': ({
    id,
    role,
    email,
  }: {
    readonly id: InvitationId;
    readonly role: Role;
    readonly email: string | null;
  }): Effects => ({
    audit: { entity: 'invitation', entityId: id, difference: { role: [null, role], email: [null, email] } },
    live: CHANGED,
  }),
  /** `role`: that of a link which was withdrawn since its maker's role fell. */
  'invitation.revoked': ({ id, role }: { readonly id: InvitationId; readonly role?: Role }): Effects => ({
    audit: {
      entity: 'invitation',
      entityId: id,
      ...(role === undefined ? {} : { difference: { role: [role, null] } }),
    },
    live: CHANGED,
  }),
};
