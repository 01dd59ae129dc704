import { z } from 'zod';
import type { joinOrganisation } from '#server/use-cases/team/join-organisation.ts';
import type { previewInvitation } from '#server/use-cases/team/preview-invitation.ts';
import { id, role, type AnswerOf } from '../answers.ts';

export const preview: AnswerOf<typeof previewInvitation> = z.strictObject({
  organisation: z.string(),
  role,
  invitedBy: z.string(),
  email: z.string().nullable(),
});

export const joined: AnswerOf<typeof joinOrganisation> = z.strictObject({ orgId: id('organisation') });
