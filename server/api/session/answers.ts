import { z } from 'zod';
import type { agreeToAddress } from '#server/use-cases/account/address.ts';
import type { beginPasskey } from '#server/use-cases/account/passkeys.ts';
import type { verifyByLink } from '#server/use-cases/account/verify.ts';
import type { describeDemo } from '#server/use-cases/demo/published-logins.ts';
import type { describeSession } from '#server/use-cases/session/describe-session.ts';
import type { locateThing } from '#server/use-cases/session/locate-thing.ts';
import type { beginPasskeySignIn } from '#server/use-cases/session/second-factor.ts';
import { id, permission, role, type AnswerOf } from '../answers.ts';

export const session: z.ZodType<Awaited<ReturnType<typeof describeSession>> | null> = z
  .strictObject({
    user: z.strictObject({
      id: id('user'),
      name: z.string(),
      email: z.string(),
      isVerified: z.boolean(),
      hasSecondFactor: z.boolean(),
    }),
    org: z.strictObject({ id: id('organisation'), name: z.string() }),
    role,
    deleteAfter: z.number().nullable(),
    isPlatformAdmin: z.boolean(),
    permissions: z.array(permission),
    organisations: z.array(z.strictObject({ id: id('organisation'), name: z.string(), role })),
    lastEventId: z.string(),
  })
  .nullable();

export const located: AnswerOf<typeof locateThing> = z.strictObject({ orgId: id('organisation').nullable() });

export const demo: AnswerOf<typeof describeDemo> = z
  .strictObject({
    people: z.array(z.strictObject({ name: z.string(), email: z.string(), role })),
    password: z.string(),
  })
  .nullable();

/** How an attempt to enter goes on. */
export const entered = z.discriminatedUnion('next', [
  z.strictObject({ next: z.literal('in') }),
  z.strictObject({
    next: z.literal('second-factor'),
    ticket: z.string(),
    ways: z.strictObject({ code: z.boolean(), passkey: z.boolean() }),
  }),
]);

/** What a browser is told to ask an authenticator for, as WebAuthn names it. */
const optionsOf = <Options>() => z.custom<Options>((value) => typeof value === 'object' && value !== null);
export const assertionAsked: AnswerOf<typeof beginPasskeySignIn> = z.strictObject({
  ticket: z.string(),
  options: optionsOf<Awaited<ReturnType<typeof beginPasskeySignIn>>['options']>(),
});
export const attestationAsked: AnswerOf<typeof beginPasskey> = z.strictObject({
  ticket: z.string(),
  options: optionsOf<Awaited<ReturnType<typeof beginPasskey>>['options']>(),
});

/** Whether letters reach people, or stand in a folder of the server. */
export const post = z.enum(['smtp', 'files']);
export const posted = z.strictObject({ post });
export const ofAddress: AnswerOf<typeof verifyByLink> = z.strictObject({ email: z.string() });
export const agreed: AnswerOf<typeof agreeToAddress> = z.strictObject({ done: z.boolean(), email: z.string() });
