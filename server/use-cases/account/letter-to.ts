import type { UserId } from '#core/requests/ids.ts';
import { traceOf, type Origin } from '../context.ts';
import type { NewLetter } from '../letter/letter.ts';
import type { LetterKind } from '../letter/letters.ts';

/** From where and when something was done, as letters say it. */
const detailsOf = (from: Origin, now: Date): Readonly<Record<string, string>> => {
  const { device, ip } = traceOf(from);
  return {
    ...(device === null ? {} : { device }),
    ...(ip === null ? {} : { ip }),
    at: `${now.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  };
};

/** A letter to a person about their account, with where the act came from. */
export const letterTo = (
  { userId, email }: { readonly userId: UserId; readonly email: string },
  kind: LetterKind,
  { from, now }: { readonly from: Origin; readonly now: Date },
  facts: Readonly<Record<string, string>> = {},
): NewLetter => ({ kind, userId, address: email, facts: { ...facts, ...detailsOf(from, now) } });
