import { lex, type Token } from '#core/formula/lexer.ts';

export type { Token };

/** Everything in a code but spaces. */
export const allTokens = (code: string): readonly Token[] => lex(code).tokens;

/** The same of one line; it ends without a token of its own. */
export const lineTokens = (line: string): readonly Token[] => allTokens(line).filter(({ kind }) => kind !== 'end');

/** The words and signs of a code, without comments and line ends. */
export const tokensOf = (code: string): readonly Token[] => allTokens(code).filter(({ kind }) => kind !== 'comment' && kind !== 'newline');

export const isSign = (token: Token | undefined, text: string): boolean => token?.kind === 'operator' && token.text === text;

/** The words of a code that may be names of statements: not outputs behind a dot, not names of arguments, not functions. */
export function nameTokens(code: string): readonly Token[] {
  const tokens = tokensOf(code);
  return tokens.filter((token, index) => token.kind === 'name' && !isSign(tokens[index - 1], '.') && !isSign(tokens[index + 1], ':') && !isSign(tokens[index + 1], '('));
}
