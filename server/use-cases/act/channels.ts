import type { Notice } from '#core/notification/notice.ts';
import type { OrgId } from '#core/requests/ids.ts';
import type { StoredEvent } from '#server/live/event.ts';
import type { PreparedJob } from '#server/queue/prepare-job.ts';

/**
 * A way by which people are told, such as the bell, mail, or a hook of their own. Gets whoever was told just now, and
 * gives what follows in the same transaction: what takes long, or may fail, is a job.
 */
export type Channel = (
  orgId: OrgId,
  told: readonly Notice[],
) => { readonly live?: readonly StoredEvent[]; readonly jobs?: readonly PreparedJob[] };

/** The list in the interface. */
const bell: Channel = (_orgId, told) => ({
  live: [{ kind: 'notification.changed', payload: { userIds: [...new Set(told.map(({ userId }) => userId))] } }],
});

/** All of them. No use-case knows by which ways people are told. */
export const CHANNELS: readonly Channel[] = [bell];
