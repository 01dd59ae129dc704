import { idOf, type UserId } from '#core/requests/ids.ts';
/** The longest comment, a mention counted as one character. */
export const LONGEST_BODY = 4_000;
/** The most people that one comment may mention. */
export const MOST_MENTIONS = 20;
/** No text within these bounds is longer as it is sent. */
export const LONGEST_SENT = 8_000;

/** What stands for a person in a comment: names change, and two people may share one. */
const MENTION = /<@([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})>/g;

export type BodyPart =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'mention'; readonly userId: UserId };

export const mention = (userId: string): string => `<@${userId}>`;

/** The body as its text and the people in it, in their order. */
export function partsOf(body: string): readonly BodyPart[] {
  const parts: BodyPart[] = [];
  let at = 0;
  for (const { 0: sign, 1: userId = '', index } of body.matchAll(MENTION)) {
    if (index > at) parts.push({ kind: 'text', text: body.slice(at, index) });
    parts.push({ kind: 'mention', userId: idOf('user', userId) });
    at = index + sign.length;
  }
  if (at < body.length) parts.push({ kind: 'text', text: body.slice(at) });
  return parts;
}

/** Each person once. */
export const mentionsIn = (body: string): readonly UserId[] => [
  ...new Set(partsOf(body).flatMap((part) => (part.kind === 'mention' ? [part.userId] : []))),
];

/**
 * Controls, controls of direction, tags, fillers and other characters that can't be seen; not the joiners and the
 * selectors of variants, which Persian, Indic scripts and emoji need between other characters.
 */
const HIDDEN =
  /(?![\n\t\u200c\u200d\ufe0e\ufe0f])[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\p{Co}\p{Cs}\u2800]/gu;
/**
 * The black flag and the tags that make another flag of the flag: the flags of England, Scotland and Wales are written
 * so.
 */
const TAGGED_FLAG = /\u{1f3f4}[\u{e0061}-\u{e007a}]{1,8}\u{e007f}/gu;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Without what no text needs: spaces around it, signs that can't be seen, more than one empty line. */
export function tidyBody(text: string): string {
  const clean = text.replaceAll(/\r\n?|[\u2028\u2029]/g, '\n');
  const flags = clean.match(TAGGED_FLAG) ?? [];
  return clean
    .split(TAGGED_FLAG)
    .map((part, place) => part.replaceAll(HIDDEN, '') + (flags[place] ?? ''))
    .join('')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** Why a tidy body can't be a comment, and what to do; null when it can. */
export function whyNotBody(body: string): string | null {
  if (!VISIBLE.test(body)) return 'Write something first.';
  const length = partsOf(body).reduce((sum, part) => sum + (part.kind === 'text' ? part.text.length : 1), 0);
  if (length > LONGEST_BODY)
    return `A comment has at most ${LONGEST_BODY.toLocaleString('en')} characters; this one has ${length.toLocaleString('en')}.`;
  if (mentionsIn(body).length > MOST_MENTIONS) return `A comment mentions at most ${MOST_MENTIONS} people.`;
  return null;
}

/** The body as plain text in one line, cut at a word. */
export function excerptOf(body: string, nameOf: (userId: UserId) => string, longest = 140): string {
  const text = partsOf(body)
    .map((part) => (part.kind === 'text' ? part.text : `@${nameOf(part.userId)}`))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > longest / 2 ? space : longest)}…`;
}
