import type { EditorState, Text } from '@codemirror/state';
import type { Span } from '#core/formula/model/diagnostic.ts';
import { parsedOf, tokensIn } from '../read-code.ts';
import { isSign, nameTokens } from '../tokens.ts';

export interface Occurrence {
  readonly from: number;
  readonly to: number;
  /** Where the statement, the parameter or the function gives itself the name. */
  readonly isDefinition: boolean;
}

interface Mention extends Occurrence {
  readonly name: string;
  /** The function that has the name for itself; null of a name of the strategy. */
  readonly home: string | null;
}

const known = new WeakMap<Text, readonly Mention[]>();

/** Every mention of a name in the text, in the order of the code. Each text is read once. */
function mentionsIn(state: EditorState): readonly Mention[] {
  const mentions = known.get(state.doc) ?? readMentions(state);
  known.set(state.doc, mentions);
  return mentions;
}

function readMentions(state: EditorState): readonly Mention[] {
  const tokens = tokensIn(state);
  const { formula, spans } = parsedOf(state);
  const spansOf = (block: string): (Span & { readonly name: string })[] =>
    Object.entries(formula.nodes).flatMap(([id, node]) => {
      const span = node.block === block ? spans.get(id) : undefined;
      return span && node.name !== undefined ? [{ ...span, name: node.name }] : [];
    });
  const functions = spansOf('fn');
  const params = new Set(spansOf('param').map(({ start }) => start));
  const called = new Set(functions.map(({ name }) => name));
  const names = new Set(nameTokens(tokens));
  const found = tokens.flatMap((token, index) => {
    const isFunction = token.kind === 'name' && called.has(token.text) && isSign(tokens[index + 1], '(');
    if (!names.has(token) && !isFunction) return [];
    const isDefinition =
      isSign(tokens[index + 1], '=') || params.has(token.start) || (isFunction && tokens[index - 1]?.text === 'fn');
    const around = functions.find(({ start, end }) => start <= token.start && token.end <= end);
    return [{ name: token.text, from: token.start, to: token.end, isDefinition, isFunction, around }];
  });
  const own = new Set(
    found.flatMap(({ name, isDefinition, isFunction, around }) =>
      around && isDefinition && !isFunction ? [`${around.name} ${name}`] : [],
    ),
  );
  return found.map(({ around, isFunction, ...mention }) => ({
    ...mention,
    home: around && !isFunction && own.has(`${around.name} ${mention.name}`) ? around.name : null,
  }));
}

const mentionAt = (state: EditorState, at: number): Mention | undefined =>
  mentionsIn(state).find(({ from, to }) => from <= at && at <= to);

/**
 * The name of a statement at a place, cursor at its end included; undefined where there is none or nothing defines it.
 */
export function nameAt(state: EditorState, at: number): string | undefined {
  const name = mentionAt(state, at)?.name;
  return name !== undefined && occurrencesOf(state, name, at).some(({ isDefinition }) => isDefinition)
    ? name
    : undefined;
}

/** The function of which a name at a place is; null for the strategy's. */
export const functionAt = (state: EditorState, at: number): string | null => mentionAt(state, at)?.home ?? null;

/**
 * Every mention of what the name means at a place: a function has names of its own, which mean something else
 * elsewhere.
 */
export function occurrencesOf(state: EditorState, name: string, at: number): readonly Occurrence[] {
  const home = functionAt(state, at);
  return mentionsIn(state).filter((mention) => mention.name === name && mention.home === home);
}

/** The mention that a place is in. */
export const occurrenceAt = (state: EditorState, name: string, at: number): Occurrence | undefined =>
  occurrencesOf(state, name, at).find(({ from, to }) => from <= at && at <= to);
