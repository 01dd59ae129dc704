import { withOrg } from '#server/db/database.ts';
import { recordAct } from './audit.ts';
import type { Caller } from './context.ts';

const AGAIN_AFTER_MS = 60_000;
const MOST_KNOWN = 10_000;
const recent = new Map<string, number>();

/** Records that a member was refused; of the same refusal of the same person once a minute. The refused work is rolled back, so this is a transaction of its own. */
export async function recordRefusal(
  caller: Caller,
  refusal: { readonly code: string; readonly what: string },
): Promise<void> {
  const { actor, db, now } = caller;
  const key = `${actor.orgId}:${actor.userId}:${refusal.code}:${refusal.what}`;
  const time = now.getTime();
  if (time - (recent.get(key) ?? -Infinity) < AGAIN_AFTER_MS) return;
  if (recent.size >= MOST_KNOWN) recent.clear();
  recent.set(key, time);
  await withOrg(db, actor.orgId, (tx) =>
    recordAct(tx, caller, {
      action: 'request.refused',
      entity: 'procedure',
      entityId: refusal.what,
      difference: { code: [null, refusal.code] },
    }),
  );
}
