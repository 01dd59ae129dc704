import { z } from 'zod';
import { LONGEST_BODY, LONGEST_SENT } from '#core/comment/body.ts';
import { text } from '../fields.ts';

/** The rules for what is said are the use-case's; this only keeps out what can't be a comment. */
export const body = text(LONGEST_SENT, `A comment has at most ${LONGEST_BODY.toLocaleString('en')} characters.`);

/** Another kind of anchor, such as a change of a version, is another member. */
export const anchor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('formula') }),
  z.strictObject({ kind: z.literal('node'), nodeId: text(200).min(1) }),
]);
