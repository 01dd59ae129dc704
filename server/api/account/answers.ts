import { z } from 'zod';
import type { describeSecurity } from '#server/use-cases/account/describe-security.ts';
import type { listOwnSessions } from '#server/use-cases/account/sessions.ts';
import type { beginTotp, confirmTotp, makeRecoveryCodes } from '#server/use-cases/account/totp.ts';
import { figure, texts, type AnswerOf } from '../answers.ts';
import { post } from '../session/answers.ts';

export const security: AnswerOf<typeof describeSecurity> = z.strictObject({
  email: z.string(),
  verifiedAt: z.date().nullable(),
  mustVerify: z.boolean(),
  post,
  totpSince: z.date().nullable(),
  recoveryCodes: figure,
  passkeys: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      createdAt: z.date(),
      lastUsedAt: z.date().nullable(),
      isBackedUp: z.boolean(),
    }),
  ),
});

export const begunTotp: AnswerOf<typeof beginTotp> = z.strictObject({ secret: z.string(), uri: z.string() });
export const addedFactor: AnswerOf<typeof confirmTotp> = z.strictObject({ recoveryCodes: texts.readonly().nullable() });
export const recoveryCodes: AnswerOf<typeof makeRecoveryCodes> = z.strictObject({ recoveryCodes: texts.readonly() });

export const sessions: AnswerOf<typeof listOwnSessions> = z.array(
  z.strictObject({
    id: z.string(),
    device: z.string().nullable(),
    ip: z.string().nullable(),
    createdAt: z.date(),
    lastSeenAt: z.date(),
    expiresAt: z.date(),
    isCurrent: z.boolean(),
  }),
);
export const ended = z.strictObject({ ended: figure });
