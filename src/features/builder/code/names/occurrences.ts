import type { EditorState } from '@codemirror/state';
import { tokensIn } from '../read-code.ts';
import { isSign, nameTokens } from '../tokens.ts';

export interface Occurrence {
  readonly from: number;
  readonly to: number;
  /** Where the statement gives itself the name. */
  readonly isDefinition: boolean;
}

/**
 * The name of a statement at a place, cursor at its end included; undefined where there is none or nothing defines it.
 */
export function nameAt(state: EditorState, at: number): string | undefined {
  const token = nameTokens(tokensIn(state)).find(({ start, end }) => start <= at && at <= end);
  return token && occurrencesOf(state, token.text).some(({ isDefinition }) => isDefinition) ? token.text : undefined;
}

/** Every mention of a statement, in the order of the code. */
export function occurrencesOf(state: EditorState, name: string): readonly Occurrence[] {
  const tokens = tokensIn(state);
  const definitions = new Set(tokens.flatMap(({ start }, index) => (isSign(tokens[index + 1], '=') ? [start] : [])));
  return nameTokens(tokens).flatMap(({ text, start, end }) =>
    text === name ? [{ from: start, to: end, isDefinition: definitions.has(start) }] : [],
  );
}

/** The mention that a place is in. */
export const occurrenceAt = (state: EditorState, name: string, at: number): Occurrence | undefined =>
  occurrencesOf(state, name).find(({ from, to }) => from <= at && at <= to);
