import type { Span } from './diagnostic.ts';

export type TokenKind = 'number' | 'string' | 'name' | 'operator' | 'newline' | 'comment' | 'bad' | 'end';

export interface Token extends Span {
  readonly kind: TokenKind;
  /** The text as written; of a string and a comment, its content. */
  readonly text: string;
}

const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const OPERATOR = /<=|>=|==|!=|\.\.|[-+*/^<>=()[\],:.%]/y;
const SPACE = /[ \t\r\uFEFF]+/y;
const COMMENT = /#[^\n]*/y;
const STRING = /"(?:[^"\\\n]|\\.)*"/y;

/** Splits code into tokens; what is no part of the language becomes a `bad` token. Linear in the length of the code. */
export function lex(code: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(code)?.[0] ?? null;
  };
  const push = (kind: TokenKind, raw: string, text = raw) => {
    tokens.push({ kind, text, start: at, end: at + raw.length, line, column: at - lineStart + 1 });
    at += raw.length;
  };
  while (at < code.length) {
    const space = match(SPACE);
    if (space) {
      at += space.length;
      continue;
    }
    if (code[at] === '\n') {
      push('newline', '\n');
      line += 1;
      lineStart = at;
      continue;
    }
    const comment = match(COMMENT);
    if (comment) {
      push('comment', comment, comment.slice(1).replace(/^ /, '').trimEnd());
      continue;
    }
    const number = match(NUMBER);
    // `2..50` is a range, not the number `2.` and another.
    if (number) {
      push('number', number.endsWith('.') && code[at + number.length] === '.' ? number.slice(0, -1) : number);
      continue;
    }
    const name = match(NAME);
    if (name) {
      push('name', name);
      continue;
    }
    const string = match(STRING);
    if (string) {
      push('string', string, unescape(string));
      continue;
    }
    const operator = match(OPERATOR);
    if (operator) push('operator', operator);
    else push('bad', String.fromCodePoint(code.codePointAt(at) ?? 0));
  }
  push('end', '');
  return tokens;
}

function unescape(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/g, (_all, char: string) => (char === 'n' ? '\n' : char));
}

export const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
