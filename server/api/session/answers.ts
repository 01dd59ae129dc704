import { z } from 'zod';
import type { describeDemo } from '#server/use-cases/demo/published-logins.ts';
import type { describeSession } from '#server/use-cases/session/describe-session.ts';
import type { locateThing } from '#server/use-cases/session/locate-thing.ts';
import { id, permission, role, type AnswerOf } from '../answers.ts';

export const session: z.ZodType<Awaited<ReturnType<typeof describeSession>> | null> = z
  .strictObject({
    user: z.strictObject({ id: id('user'), name: z.string(), email: z.string() }),
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
