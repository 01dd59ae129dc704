import { lex, type Token } from '#core/formula/language/lexer.ts';

export type { Token };

/** Everything in a code but spaces. */
const allTokens = (code: string): readonly Token[] => lex(code).tokens;

/** The same of one line; it ends without a token of its own. */
export const lineTokens = (line: string): readonly Token[] => allTokens(line).filter(({ kind }) => kind !== 'end');

/** A line that begins a statement, whatever stands above it. */
const STATEMENT = /(?:input\s+\w|[A-Za-z_]\w*\s*=(?!=)|(?:buy|sell|short|cover|info)\s*\()/y;

/**
 * The tokens from the last line on that begins a statement: what stands above it does not matter where the code ends.
 */
export function tailTokens(code: string): readonly Token[] {
  let from = code.length;
  do {
    from = code.lastIndexOf('\n', from - 2) + 1;
    STATEMENT.lastIndex = from;
  } while (from > 0 && !STATEMENT.test(code));
  return allTokens(code.slice(from)).map((token) => ({ ...token, start: token.start + from, end: token.end + from }));
}

/** The words and signs of a code, without comments and line ends. */
export const tokensOf = (code: string): readonly Token[] =>
  allTokens(code).filter(({ kind }) => kind !== 'comment' && kind !== 'newline');

export const isSign = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'operator' && token.text === text;

/**
 * The words among tokens that may be names of statements: not outputs behind a dot, not names of arguments, not
 * functions.
 */
export const nameTokens = (tokens: readonly Token[]): readonly Token[] =>
  tokens.filter(
    (token, index) =>
      token.kind === 'name' &&
      !isSign(tokens[index - 1], '.') &&
      !isSign(tokens[index + 1], ':') &&
      !isSign(tokens[index + 1], '('),
  );
