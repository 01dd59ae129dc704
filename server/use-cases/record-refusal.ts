import type { Person } from '#server/policies/principal.ts';
import { act } from './act/act.ts';
import { freely } from './act/right.ts';
import type { Caller } from './context.ts';

const AGAIN_AFTER_MS = 60_000;
const MOST_KNOWN = 10_000;
const recent = new Map<string, number>();

/**
 * Records that a member was refused; of the same refusal of the same person once a minute. The refused work is rolled
 * back, so this is a transaction of its own.
 */
export async function recordRefusal(
  caller: Caller<Person>,
  refusal: { readonly code: string; readonly what: string },
): Promise<void> {
  const { principal, now } = caller;
  const key = `${principal.orgId}:${principal.userId}:${refusal.code}:${refusal.what}`;
  const time = now.getTime();
  if (time - (recent.get(key) ?? -Infinity) < AGAIN_AFTER_MS) return;
  if (recent.size >= MOST_KNOWN) recent.clear();
  recent.set(key, time);
  await act(caller, freely('whoever may do nothing is refused, too'), async ({ happened }) =>
    happened('request.refused', refusal),
  );
}
