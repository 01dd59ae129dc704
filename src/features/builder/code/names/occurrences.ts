import type { EditorState } from '@codemirror/state';
import { isSign, nameTokens, tokensOf } from '../tokens.ts';

export interface Occurrence {
  readonly from: number;
  readonly to: number;
  /** Where the statement gives itself the name. */
  readonly isDefinition: boolean;
}

/** The name of a statement at a place, cursor at its end included; undefined where there is none or nothing defines it. */
export function nameAt(state: EditorState, at: number): string | undefined {
  const code = state.doc.toString();
  const token = nameTokens(code).find(({ start, end }) => start <= at && at <= end);
  return token && occurrencesOf(code, token.text).some(({ isDefinition }) => isDefinition) ? token.text : undefined;
}

/** Every mention of a statement, in the order of the code. */
export function occurrencesOf(code: string, name: string): readonly Occurrence[] {
  const tokens = tokensOf(code);
  const definitions = new Set(tokens.flatMap(({ start }, index) => (isSign(tokens[index + 1], '=') ? [start] : [])));
  return nameTokens(code).flatMap(({ text, start, end }) => (text === name ? [{ from: start, to: end, isDefinition: definitions.has(start) }] : []));
}
