import { mention, partsOf } from '#core/comment/body.ts';
import type { Person } from '../findable.ts';

/** A person's name in a text that is being written. */
export interface Mention {
  readonly from: number;
  readonly to: number;
  readonly userId: string;
}

/** What somebody is writing: the text as they see it, and which of its names are people. */
export interface Draft {
  readonly text: string;
  /** In their order; they do not overlap. */
  readonly mentions: readonly Mention[];
}

export const EMPTY_DRAFT: Draft = { text: '', mentions: [] };

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The draft with another text, the caret where it is now. A name that the change reaches into is a name no longer, only
 * text. Where equal signs leave open which of them changed, it is those before the caret.
 */
export function changeText({ text: before, mentions }: Draft, text: string, caret = text.length): Draft {
  const shorter = Math.min(before.length, text.length);
  let behind = 0;
  const extend = (most: number): void => {
    while (behind < most && before[before.length - 1 - behind] === text[text.length - 1 - behind]) behind += 1;
  };
  extend(Math.min(shorter, text.length - caret));
  let from = 0;
  while (from < shorter - behind && before[from] === text[from]) from += 1;
  extend(shorter - from);
  return { text, mentions: moved(mentions, { from, to: before.length - behind }, text.length - before.length) };
}

const moved = (mentions: readonly Mention[], { from, to }: Range, grown: number): readonly Mention[] =>
  mentions.flatMap((known): readonly Mention[] => {
    if (known.to <= from) return [known];
    return known.from >= to ? [{ ...known, from: known.from + grown, to: known.to + grown }] : [];
  });

/** Puts a person's name in place of what was typed to find them, and the caret behind it. */
export function insertMention(
  { text, mentions }: Draft,
  { from, to }: Range,
  { userId, name }: Person,
): { readonly draft: Draft; readonly caret: number } {
  const sign = `@${name}`;
  const behind = text.slice(to);
  const space = /^\s/.test(behind) ? '' : ' ';
  const next = text.slice(0, from) + sign + space + behind;
  const kept = moved(mentions, { from, to }, next.length - text.length);
  const added = [...kept, { from, to: from + sign.length, userId }].toSorted((a, b) => a.from - b.from);
  return { draft: { text: next, mentions: added }, caret: from + sign.length + 1 };
}

/** As it is sent and stored. */
export function bodyOf({ text, mentions }: Draft): string {
  let body = '';
  let at = 0;
  for (const { from, to, userId } of mentions) {
    body += text.slice(at, from) + mention(userId);
    at = to;
  }
  return body + text.slice(at);
}

/** What is stored, to be written on. */
export function draftOf(body: string, nameOf: (userId: string) => string): Draft {
  let text = '';
  const mentions: Mention[] = [];
  for (const part of partsOf(body)) {
    const from = text.length;
    text += part.kind === 'text' ? part.text : `@${nameOf(part.userId)}`;
    if (part.kind === 'mention') mentions.push({ from, to: text.length, userId: part.userId });
  }
  return { text, mentions };
}
