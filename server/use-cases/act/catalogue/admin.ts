import type { OrgId, UserId } from '#core/requests/ids.ts';
import { nothing, type Effects } from '../effects.ts';

const OUTSIDE = nothing('it happens in no organisation');

const ofUser = (userId: UserId, difference: Readonly<Record<string, readonly [unknown, unknown]>>): Effects => ({
  audit: { entity: 'account', entityId: userId, difference },
  live: OUTSIDE,
  access: [userId],
});

interface OfUser {
  readonly userId: UserId;
}

interface Excepted {
  readonly orgId: OrgId;
  readonly before: Readonly<Record<string, number | boolean>> | null;
  readonly after: Readonly<Record<string, number | boolean>> | null;
}

interface OfJob {
  readonly id: string;
}

/** What those do who look after the installation: in the chain of the installation. */
export const ADMIN_EVENTS = {
  'admin.user_suspended': ({ userId, reason }: OfUser & { readonly reason: string }): Effects =>
    ofUser(userId, { suspended: [null, reason] }),
  'admin.user_restored': ({ userId, reason }: OfUser & { readonly reason: string | null }): Effects =>
    ofUser(userId, { suspended: [reason, null] }),
  'admin.user_signed_out': ({ userId }: OfUser): Effects => ofUser(userId, {}),
  'admin.appointed': ({ userId }: OfUser): Effects => ofUser(userId, { admin: [false, true] }),
  'admin.dismissed': ({ userId }: OfUser): Effects => ofUser(userId, { admin: [true, false] }),
  'admin.exceptions_set': ({ orgId, before, after }: Excepted): Effects => ({
    audit: { entity: 'organisation', entityId: orgId, difference: { exceptions: [before, after] } },
    live: OUTSIDE,
  }),
  'admin.job_retried': ({ id }: OfJob): Effects => ({ audit: { entity: 'job', entityId: id }, live: OUTSIDE }),
  'admin.letter_retried': ({ id }: OfJob): Effects => ({ audit: { entity: 'letter', entityId: id }, live: OUTSIDE }),
  /** Letters hold links that let whoever has them in. */
  'admin.letter_read': ({ id }: OfJob): Effects => ({ audit: { entity: 'letter', entityId: id }, live: OUTSIDE }),
  'admin.job_discarded': ({ id }: OfJob): Effects => ({ audit: { entity: 'job', entityId: id }, live: OUTSIDE }),
};
