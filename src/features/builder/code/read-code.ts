import type { EditorState, Text } from '@codemirror/state';
import { check, type Checked } from '#core/formula/check/check.ts';
import { parse, type Parsed } from '#core/formula/language/parse.ts';
import { tokensOf, type Token } from './tokens.ts';

const tokensOfTexts = new WeakMap<Text, readonly Token[]>();
const parsedTexts = new WeakMap<Text, Parsed>();
const checkedTexts = new WeakMap<Text, Checked>();

/** The words and signs of an editor's text. Each text is read once. */
export function tokensIn({ doc }: EditorState): readonly Token[] {
  const known = tokensOfTexts.get(doc);
  if (known) return known;
  const tokens = tokensOf(doc.toString());
  tokensOfTexts.set(doc, tokens);
  return tokens;
}

/** The text of an editor as it reads, with the ids that its nodes have for the moment. */
export function parsedOf({ doc }: EditorState): Parsed {
  const known = parsedTexts.get(doc);
  if (known) return known;
  const parsed = parse(doc.toString());
  parsedTexts.set(doc, parsed);
  return parsed;
}

/** What follows from it; of a text with problems, from what could be read. */
export function checkedOf(state: EditorState): Checked {
  const known = checkedTexts.get(state.doc);
  if (known) return known;
  const checked = check(parsedOf(state).formula);
  checkedTexts.set(state.doc, checked);
  return checked;
}
