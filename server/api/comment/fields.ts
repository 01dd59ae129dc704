import { z } from 'zod';
import { LONGEST_BODY, LONGEST_SENT } from '#core/comment/body.ts';
import { id, text } from '../fields.ts';

/** The rules for what is said are the use-case's; this only keeps out what can't be a comment. */
export const body = text(LONGEST_SENT, `A comment has at most ${LONGEST_BODY.toLocaleString('en')} characters.`);

export const anchor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('formula') }),
  z.strictObject({ kind: z.literal('node'), nodeId: text(200).min(1) }),
  z.strictObject({ kind: z.literal('change'), reviewId: id('review'), key: text(2_000).min(1) }),
]);
