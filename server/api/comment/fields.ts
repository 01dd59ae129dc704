import { z } from 'zod';
import { LONGEST_BODY, LONGEST_SENT } from '#core/comment/body.ts';

/** The rules for what is said are the use-case's; this only keeps out what can't be a comment. */
export const body = z.string().max(LONGEST_SENT, `A comment has at most ${LONGEST_BODY.toLocaleString('en')} characters.`);

/** Another kind of anchor, such as a change of a version, is another member. */
export const anchor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('formula') }),
  z.strictObject({ kind: z.literal('node'), nodeId: z.string().min(1).max(200) }),
]);
