import type { AppErrorCode } from '#core/requests/error-codes.ts';
import { traceOf } from '#server/use-cases/context.ts';
import { recordRefusal } from '#server/use-cases/record-refusal.ts';
import type { Context } from './context.ts';

/**
 * What tells a defender something: somebody tries what they may not, what is not theirs, or too much; or something
 * stored was damaged.
 */
const TELLING: ReadonlySet<AppErrorCode> = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'RATE_LIMITED',
  'PLAN_LIMIT',
  'TOO_LARGE',
  'UNREADABLE',
]);

const AGAIN_AFTER_MS = 60_000;
const MOST_KNOWN = 10_000;
const told = new Map<string, number>();

/**
 * Whether who asks too much was looked up for that within the last minute: a refusal must cost less than what it
 * refuses.
 */
function wasTold(session: string | null, what: string, now: number): boolean {
  const key = `${session}:${what}`;
  if (now - (told.get(key) ?? -Infinity) < AGAIN_AFTER_MS) return true;
  if (told.size >= MOST_KNOWN) told.clear();
  told.set(key, now);
  return false;
}

/** Counts and logs a refusal; that of a member goes to the audit of their organisation too. */
export async function reportRefusal(
  context: Context & { readonly now: Date },
  code: AppErrorCode,
  what: string,
): Promise<void> {
  if (!TELLING.has(code)) return;
  const { session } = context.tokens;
  const isUnknown =
    code === 'UNAUTHENTICATED' || (code === 'RATE_LIMITED' && wasTold(session, what, context.now.getTime()));
  const actor = isUnknown ? null : await context.authenticate();
  context.security.refused(code, what, { ...traceOf(context.from), ...(actor ? { person: actor.userId } : {}) });
  if (actor)
    recordRefusal({ ...context, principal: actor }, { code, what }).catch((err: unknown) =>
      context.log.warn({ err }, 'a refusal was not recorded'),
    );
}
