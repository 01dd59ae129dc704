import type { OrgId } from '#core/requests/ids.ts';
import type { StoredEvent } from '#server/live/event.ts';
import { nothing, type Effects } from '../effects.ts';

const CHANGED: readonly StoredEvent[] = [{ kind: 'plan.changed', payload: {} }];

const ofOrganisation = (orgId: OrgId, difference: Readonly<Record<string, readonly [unknown, unknown]>>): Effects => ({
  audit: { entity: 'organisation', entityId: orgId, difference },
  live: CHANGED,
});

export const BILLING_EVENTS = {
  /** `source`: who says so, the admin, the subscription or the installation. */
  'plan.changed': ({
    orgId,
    before,
    after,
    source,
  }: {
    readonly orgId: OrgId;
    readonly before: string | null;
    readonly after: string;
    readonly source: string;
  }): Effects => ofOrganisation(orgId, { plan: [before, after], by: [null, source] }),
  /** The names of all bots that are frozen from now on; none: all may run again. */
  'bots.frozen': ({ orgId, frozen }: { readonly orgId: OrgId; readonly frozen: readonly string[] }): Effects =>
    ofOrganisation(orgId, { frozen: [null, frozen] }),
  'bots.chosen': ({ orgId, kept }: { readonly orgId: OrgId; readonly kept: readonly string[] }): Effects =>
    ofOrganisation(orgId, { kept: [null, kept] }),
  'checkout.opened': ({ orgId, plan }: { readonly orgId: OrgId; readonly plan: string }): Effects => ({
    audit: { entity: 'organisation', entityId: orgId, difference: { checkout: [null, plan] } },
    live: nothing('nothing is paid yet'),
  }),
  'signals.expired': ({
    orgId,
    count,
    days,
  }: {
    readonly orgId: OrgId;
    readonly count: number;
    readonly days: number;
  }): Effects => ({
    audit: { entity: 'organisation', entityId: orgId, difference: { signals: [count, 0], days: [null, days] } },
    live: nothing('nobody looks at signals that old when the night’s job deletes them'),
  }),
};
