import { bracketsIn, callsAround, type OpenBracket } from './calls-around.ts';
import { isSign, tailTokens, type Token } from './tokens.ts';

/** What may be written at a place in the code. `from` is where the word begins that stands before it. */
export type CursorContext =
  /** A comment, a number, a new name: nothing to offer. */
  | { readonly kind: 'nothing' }
  /** The beginning of a statement. */
  | { readonly kind: 'statement'; readonly from: number }
  /** Behind a value: which words may follow. */
  | { readonly kind: 'words'; readonly from: number; readonly words: readonly string[] }
  /** Behind a dot; `of` is the name or the call before it. */
  | {
      readonly kind: 'output';
      readonly from: number;
      readonly of: { readonly kind: 'name' | 'call'; readonly text: string };
    }
  /** Inside the quotes of a text, which begins at `from`, the quote not included. */
  | { readonly kind: 'text'; readonly from: number; readonly open: readonly OpenBracket[] }
  /** Inside a value. */
  | { readonly kind: 'value'; readonly from: number; readonly open: readonly OpenBracket[]; readonly isStart: boolean };

const NOTHING: CursorContext = { kind: 'nothing' };

/** Looks at the code up to its end, which is where the cursor is. */
export function contextAtEnd(code: string): CursorContext {
  const line = code.slice(code.lastIndexOf('\n') + 1);
  const state = lineState(line);
  if (state === 'comment') return NOTHING;
  if (state !== 'code') {
    const from = code.length - line.length + state.quote + 1;
    return { kind: 'text', from, open: callsAround(code.slice(0, from - 1)) };
  }
  const word = /[A-Za-z_]\w*$/.exec(line)?.[0] ?? '';
  const from = code.length - word.length;
  if (/\w$/.test(code.slice(0, from))) return NOTHING;
  const tokens = tailTokens(code.slice(0, from)).filter(({ kind }) => kind !== 'end');
  if (isSign(tokens.at(-1), '.')) return behindDot(tokens, from);
  const { open } = bracketsIn(tokens);
  const statement =
    open.length > 0
      ? []
      : tokens
          .slice(tokens.findLastIndex(({ kind }) => kind === 'newline') + 1)
          .filter(({ kind }) => kind !== 'comment');
  if (open.length === 0 && statement.length === 0) return { kind: 'statement', from };
  if (open.length === 0 && statement[0]?.text === 'input') return behindInput(statement, from);
  if (open.length === 0 && !statement.some((token) => isSign(token, '='))) return NOTHING;
  const last = tokens.at(-1);
  if (last && endsValue(last)) return { kind: 'words', from, words: ['and', 'or'] };
  return { kind: 'value', from, open, isStart: open.at(-1)?.isEmpty ?? isSign(last, '=') };
}

/** Whether a line ends inside a comment or a text. */
function lineState(line: string): 'code' | 'comment' | { readonly quote: number } {
  let quote = -1;
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at];
    if (quote >= 0 && char === '\\') at += 1;
    else if (char === '"') quote = quote >= 0 ? -1 : at;
    else if (char === '#' && quote < 0) return 'comment';
  }
  return quote >= 0 ? { quote } : 'code';
}

const endsValue = (token: Token): boolean =>
  token.kind === 'number' ||
  token.kind === 'string' ||
  isSign(token, ')') ||
  isSign(token, ']') ||
  isSign(token, '%') ||
  (token.kind === 'name' && !['and', 'or', 'not'].includes(token.text));

function behindDot(tokens: readonly Token[], from: number): CursorContext {
  const owner = tokens.at(-2);
  if (owner?.kind === 'name')
    return isSign(tokens.at(-3), '.') ? NOTHING : { kind: 'output', from, of: { kind: 'name', text: owner.text } };
  const call = bracketsIn(tokens.slice(0, -1)).closed?.call;
  return call ? { kind: 'output', from, of: { kind: 'call', text: call.text } } : NOTHING;
}

/** `input name = value in min..max step step of option, …` */
function behindInput(statement: readonly Token[], from: number): CursorContext {
  const [, , equals] = statement;
  const last = statement.at(-1);
  if (!isSign(equals, '=') || !last) return NOTHING;
  if (statement.length === 3) return { kind: 'value', from, open: [], isStart: true };
  if (last.kind !== 'number' && last.kind !== 'string' && !isSign(last, '%') && !isSign(last, '..')) return NOTHING;
  const has = (word: string) => statement.some(({ kind, text }) => kind === 'name' && text === word);
  if (has('of') || has('step')) return NOTHING;
  if (has('in')) return { kind: 'words', from, words: statement.some((token) => isSign(token, '..')) ? ['step'] : [] };
  return { kind: 'words', from, words: last.kind === 'string' ? ['of'] : ['in', 'of'] };
}
