import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { portsCalled } from '#core/formula/blocks/field-names.ts';
import type { Block, Port } from '#core/formula/model/block.ts';
import { isSign, tailTokens, type Token } from './tokens.ts';

/** A bracket that is open where the code ends, and what stands in it. */
export interface OpenBracket {
  /** What is called; undefined for brackets that only group, and for `[`. */
  readonly call: Token | undefined;
  readonly bracket: Token;
  /** Which argument the code ends in, counted from 0. */
  readonly index: number;
  /** The name of that argument, if it has one. */
  readonly argument: string | undefined;
  /** Arguments given before it: their names, or their places. */
  readonly given: readonly (string | number)[];
  /** Nothing of the argument is written yet but its name. */
  readonly isEmpty: boolean;
}

/**
 * The brackets that are open at the end of a code, outermost first. A line that begins a statement closes what the
 * statement above has left open: while somebody types, brackets are open that will be closed.
 */
export const callsAround = (code: string): readonly OpenBracket[] => bracketsIn(tailTokens(code)).open;

/** The same for tokens, and the call that the last token has closed. */
export function bracketsIn(tokens: readonly Token[]): {
  readonly open: readonly OpenBracket[];
  readonly closed: OpenBracket | undefined;
} {
  const open: OpenBracket[] = [];
  let closed: OpenBracket | undefined;
  tokens.forEach((token, index) => {
    const inner = open.at(-1);
    if (token.kind === 'newline' && beginsStatement(tokens, index + 1)) open.length = 0;
    if (token.kind === 'newline' || token.kind === 'comment' || token.kind === 'end') return;
    const before = tokens[index - 1];
    closed = undefined;
    if (isSign(token, '(') || isSign(token, '[')) {
      if (inner) open.splice(-1, 1, { ...inner, isEmpty: false });
      open.push({
        call: isSign(token, '(') && before?.kind === 'name' && !WORDS.has(before.text) ? before : undefined,
        bracket: token,
        index: 0,
        argument: undefined,
        given: [],
        isEmpty: true,
      });
    } else if (isSign(token, ')') || isSign(token, ']')) closed = open.pop();
    else if (inner && isSign(token, ','))
      open.splice(-1, 1, {
        ...inner,
        index: inner.index + 1,
        argument: undefined,
        given: [...inner.given, inner.argument ?? inner.index],
        isEmpty: true,
      });
    else if (inner && isSign(token, ':') && before?.kind === 'name')
      open.splice(-1, 1, { ...inner, argument: before.text, isEmpty: true });
    else if (inner) open.splice(-1, 1, { ...inner, isEmpty: false });
  });
  return { open, closed };
}

/** Words that may stand before a bracket without calling anything. */
const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'not']);

function beginsStatement(tokens: readonly Token[], at: number): boolean {
  const [first, second] = [tokens[at], tokens[at + 1]];
  if (first?.kind !== 'name') return false;
  if (isSign(second, '=') || (first.text === 'input' && second?.kind === 'name')) return true;
  return isSign(second, '(') && findBlock(first.text)?.kind === 'action';
}

/** The innermost call: brackets that only group are part of its argument. */
export const innermostCall = (open: readonly OpenBracket[]): (OpenBracket & { readonly call: Token }) | undefined => {
  for (const bracket of [...open].reverse()) if (bracket.call) return { ...bracket, call: bracket.call };
  return undefined;
};

/** The port that the argument is for. */
export const portOf = (block: Block, { argument, index }: OpenBracket): Port | undefined =>
  argument === undefined ? block.inputs[index] : portsCalled(block, argument)[0];

/** The ports that have no argument yet, apart from the one that is being written. */
export const missingPorts = (block: Block, { given }: OpenBracket): readonly Port[] =>
  block.inputs.filter(
    (port, index) =>
      !given.includes(port.name) &&
      !given.includes(index) &&
      !given.some((name) => typeof name === 'string' && portsCalled(block, name).includes(port)),
  );
