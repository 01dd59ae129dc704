import { withOrg } from '#server/db/database.ts';
import { recordAct } from './audit.ts';
import type { Caller } from './context.ts';

/** Records that something was taken out of the organisation, before it is given. */
export function recordDownload(
  caller: Caller,
  download: { readonly entity: string; readonly entityId: string; readonly what: string },
): Promise<void> {
  const { entity, entityId, what } = download;
  return withOrg(caller.db, caller.actor.orgId, (tx) =>
    recordAct(tx, caller, { action: `${entity}.downloaded`, entity, entityId, difference: { what: [null, what] } }),
  );
}
