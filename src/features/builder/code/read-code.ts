import type { EditorState, Text } from '@codemirror/state';
import { check, type Checked } from '#core/formula/check.ts';
import { parse, type Parsed } from '#core/formula/parse.ts';

const parsedTexts = new WeakMap<Text, Parsed>();
const checkedTexts = new WeakMap<Text, Checked>();

/** The text of an editor as it reads, with the ids that its nodes have for the moment. Each text is read once. */
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
