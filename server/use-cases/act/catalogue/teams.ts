import type { InvitationId, OrgId, UserId } from '#core/requests/ids.ts';
import type { StoredEvent } from '#server/live/event.ts';
import type { Role } from '#server/policies/permissions.ts';
import type { NewLetter } from '../../letter/letter.ts';
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

interface Renamed {
  readonly orgId: OrgId;
  readonly before: string;
  readonly name: string;
}

interface Deletion {
  readonly orgId: OrgId;
  readonly before: Date | null;
  readonly after: Date | null;
}

interface Deleted {
  readonly orgId: OrgId;
  readonly members: readonly UserId[];
}

interface Transferred {
  readonly from: UserId;
  readonly to: UserId;
  readonly at: Date;
  readonly letters: readonly NewLetter[];
}

interface PolicyChanged {
  readonly orgId: OrgId;
  readonly before: number | null;
  readonly after: number | null;
  readonly members: readonly UserId[];
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
  'organisation.renamed': ({ orgId, before, name }: Renamed): Effects => ({
    audit: { entity: 'organisation', entityId: orgId, difference: { name: [before, name] } },
    live: CHANGED,
  }),
  'organisation.exported': ({ orgId }: { readonly orgId: OrgId }): Effects => ({
    audit: { entity: 'organisation', entityId: orgId },
    live: nothing('nothing is changed'),
  }),
  /** `after` null: it is kept. */
  'organisation.deletion': ({ orgId, before, after }: Deletion): Effects => ({
    audit: { entity: 'organisation', entityId: orgId, difference: { deleteAfter: [before, after] } },
    live: CHANGED,
  }),
  /** Of an organisation that is no more; its own audit went with it. */
  'organisation.deleted': ({ orgId, members }: Deleted): Effects => ({
    audit: { entity: 'organisation', entityId: orgId },
    live: nothing('nobody is in the organisation any more'),
    access: members,
  }),
  'organisation.transferred': ({ from, to, at, letters }: Transferred): Effects => ({
    letters,
    audit: { entity: 'member', entityId: to, difference: { owner: [from, to] } },
    live: CHANGED,
    access: [from, to],
    notices: [
      { kind: 'ownership.received', userId: to, once: `ownership ${at.toISOString()}`, facts: {}, actorId: from },
      { kind: 'ownership.given', userId: from, once: `ownership ${at.toISOString()}`, facts: {}, actorId: to },
    ],
  }),
  'access.policy_changed': ({ orgId, before, after, members }: PolicyChanged): Effects => ({
    audit: { entity: 'policy', entityId: orgId, difference: { sessionHours: [before, after] } },
    live: CHANGED,
    access: members,
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
    letters,
  }: {
    readonly id: InvitationId;
    readonly role: Role;
    readonly email: string | null;
    readonly letters: readonly NewLetter[];
  }): Effects => ({
    letters,
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
