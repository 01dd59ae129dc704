import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { hasHidden, HIDDEN_MESSAGE, withoutHidden } from './hidden-characters.ts';
import { Problems } from './problems.ts';

export type TokenKind = 'number' | 'string' | 'name' | 'operator' | 'newline' | 'comment' | 'bad' | 'end';

export interface Token extends Span {
  readonly kind: TokenKind;
  /** The text as written; of a string and a comment, its content. */
  readonly text: string;
}

export interface Lexed {
  /** Ends with a token of kind `end`. */
  readonly tokens: readonly Token[];
  /** Spellings of other languages, read as what they mean here. */
  readonly slips: readonly Diagnostic[];
}

const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const OPERATOR = /<=|>=|==|!=|\.\.|[-+*/^<>=()[\],:.%]/y;
const SPACES = /[^\S\n]+/y;
const COMMENT = /#[^\n]*/y;
/**
 * A word with letters that names can't have; other characters that mean nothing. As much as there is of either is one
 * token.
 */
const FOREIGN_WORD = /[\p{L}\p{N}\p{M}_]+/uy;
const FOREIGN = /[^\s\p{L}\p{N}"#'_.()[\],:+\-*/^<>=%;!&|]+/uy;

/** What people write who come from other languages, and how it is written here. The longer ones first. */
const SPELLINGS: readonly (readonly [wrong: string, right: string, kind: TokenKind])[] = [
  ['===', '==', 'operator'],
  ['!==', '!=', 'operator'],
  ['&&', 'and', 'name'],
  ['||', 'or', 'name'],
  ['**', '^', 'operator'],
  [':=', '=', 'operator'],
  ['=<', '<=', 'operator'],
  ['=>', '>=', 'operator'],
  ['<>', '!=', 'operator'],
  ['≤', '<=', 'operator'],
  ['≥', '>=', 'operator'],
  ['≠', '!=', 'operator'],
  ['×', '*', 'operator'],
  ['÷', '/', 'operator'],
  ['−', '-', 'operator'],
  ['!', 'not', 'name'],
  [';', '', 'newline'],
];
const QUOTES: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['“', '”'],
  ['”', '”'],
  ['‘', '’'],
  ['’', '’'],
  ['„', '“'],
  ['«', '»'],
]);

/** Splits code into tokens; what is no part of the language becomes a `bad` token. Linear in the length of the code. */
export function lex(code: string): Lexed {
  return new Lexer(code).run();
}

class Lexer {
  readonly #code: string;
  readonly #tokens: Token[] = [];
  readonly #slips = new Problems();
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(code: string) {
    this.#code = code;
  }

  run(): Lexed {
    while (this.#at < this.#code.length) this.#token(this.#code.charCodeAt(this.#at));
    this.#push('end', '');
    return { tokens: this.#tokens, slips: this.#slips.list() };
  }

  /** What comes most often is asked for first. */
  #token(first: number): void {
    if (first === SPACE) this.#at += 1;
    else if (isNameStart(first)) this.#word(this.#match(NAME) ?? '');
    else if (first === NEWLINE) this.#newline();
    else if (isDigit(first) || (first === DOT && isDigit(this.#code.charCodeAt(this.#at + 1))))
      this.#number(this.#match(NUMBER) ?? '');
    else if (SIGNS.has(first) && !SECOND_SIGNS.has(this.#code.charCodeAt(this.#at + 1)))
      this.#push('operator', this.#code.charAt(this.#at));
    else if (first === QUOTE) this.#text('"');
    else this.#other(this.#code.charAt(this.#at));
  }

  #other(first: string): void {
    const space = this.#match(SPACES);
    if (space) {
      this.#at += space.length;
      return;
    }
    const closing = QUOTES.get(first);
    if (closing !== undefined) return this.#text(closing);
    if (this.#comment() || this.#spelling(first)) return;
    const operator = this.#match(OPERATOR);
    if (operator) this.#push('operator', operator);
    else this.#push('bad', this.#match(FOREIGN_WORD) ?? this.#match(FOREIGN) ?? first);
  }

  #number(number: string): void {
    // `2..50` is a range, not the number `2.` and another.
    this.#push(
      'number',
      number.endsWith('.') && this.#code[this.#at + number.length] === '.' ? number.slice(0, -1) : number,
    );
  }

  /** A name, unless letters follow that names can't have: then the whole word is no part of the language. */
  #word(name: string): void {
    if (this.#code.charCodeAt(this.#at + name.length) < 128) return this.#push('name', name);
    const whole = this.#match(FOREIGN_WORD) ?? name;
    this.#push(whole.length > name.length ? 'bad' : 'name', whole);
  }

  #newline(): void {
    this.#push('newline', '\n');
    this.#line += 1;
    this.#lineStart = this.#at;
  }

  /** Text between quotes, on one line. A quote without its other end takes the rest of the line with it. */
  #text(closing: string): void {
    const end = closingQuote(this.#code, this.#at + 1, closing);
    if (end < 0) return this.#push('bad', this.#restOfLine());
    const raw = this.#code.slice(this.#at, end + 1);
    const text = unescape(raw.slice(1, -1), closing);
    this.#refuseHidden(raw, 'This text');
    if (isMixed(raw.slice(1, -1), closing))
      this.#slip(raw, MIXED_BACKSLASHES, quote(raw.slice(1, -1).replace(/\\(["'\\])/g, '$1')));
    else if (closing !== '"') this.#slip(raw, 'Text stands in double quotes.', quote(text));
    this.#push('string', raw, text);
  }

  #comment(): boolean {
    const hash = this.#match(COMMENT);
    if (hash) {
      this.#refuseHidden(hash.trimEnd(), 'This comment');
      this.#push('comment', hash, hash.slice(1).replace(/^ /, '').trimEnd());
    }
    if (hash || !this.#code.startsWith('//', this.#at)) return hash !== null;
    this.#slip('//', 'A comment begins with `#`.', '#');
    const rest = this.#restOfLine();
    this.#refuseHidden(rest.trimEnd(), 'This comment');
    this.#push('comment', rest, rest.slice(2).trim());
    return true;
  }

  #spelling(first: string): boolean {
    const known = SPELLINGS.find(([wrong]) => wrong.startsWith(first) && this.#code.startsWith(wrong, this.#at));
    if (!known || (known[0] === '!' && this.#code[this.#at + 1] === '=')) return false;
    const [wrong, right, kind] = known;
    if (kind === 'newline')
      this.#slip(wrong, 'A statement ends with its line.', isLastOfLine(this.#code, this.#at + 1) ? '' : '\n');
    else this.#slip(wrong, `Here this is written \`${right}\`.`, right === 'not' ? 'not ' : right);
    this.#push(kind, wrong, right);
    return true;
  }

  #restOfLine(): string {
    const end = this.#code.indexOf('\n', this.#at);
    return this.#code.slice(this.#at, end < 0 ? undefined : end);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#code) ? this.#code.slice(this.#at, pattern.lastIndex) : null;
  }

  #push(kind: TokenKind, raw: string, text = raw): void {
    const start = this.#at;
    this.#at += raw.length;
    this.#tokens.push({ kind, text, start, end: this.#at, line: this.#line, column: start - this.#lineStart + 1 });
  }

  #span(raw: string): Span {
    return { start: this.#at, end: this.#at + raw.length, line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  #refuseHidden(raw: string, what: string): void {
    if (!hasHidden(raw)) return;
    const span = this.#span(raw);
    this.#slips.add('hidden-character', span, `${what} ${HIDDEN_MESSAGE}`, {
      fix: { title: 'Remove them', change: { start: span.start, end: span.end, insert: withoutHidden(raw) } },
    });
  }

  #slip(raw: string, message: string, text: string): void {
    const span = this.#span(raw);
    const title = text.trim() === '' ? `Remove \`${raw}\`` : `Write \`${text.trim()}\``;
    this.#slips.add('spelling', span, message, {
      fix: { title, change: { start: span.start, end: span.end, insert: text } },
    });
  }
}

const [SPACE, NEWLINE, QUOTE, DOT] = [32, 10, 34, 46];

const codesOf = (characters: string): ReadonlySet<number> =>
  new Set(Array.from(characters, (character) => character.charCodeAt(0)));

/** Signs that are operators by themselves, and what may make a longer operator or another spelling of them. */
const SIGNS = codesOf('()[],:+-*/^%=<>.');
const SECOND_SIGNS = codesOf('=<>*/.');

const isDigit = (char: number): boolean => char >= 48 && char <= 57;

const isNameStart = (char: number): boolean => (char >= 97 && char <= 122) || (char >= 65 && char <= 90) || char === 95;

/** Where the text that begins at `from` ends; -1 when it does not on its line. */
function closingQuote(code: string, from: number, closing: string): number {
  for (let at = from; at < code.length; at += 1) {
    const char = code[at];
    if (char === closing) return at;
    if (char === '\\' && code[at + 1] !== '\n') at += 1;
    else if (char === '\n') return -1;
  }
  return -1;
}

function isLastOfLine(code: string, from: number): boolean {
  let at = from;
  while (code[at] === ' ' || code[at] === '\t' || code[at] === '\r') at += 1;
  return at >= code.length || code[at] === '\n' || code[at] === '#';
}

/**
 * `\n` is a new line, `\\` a backslash, `\"` a quote. A backslash before anything else stands for itself: `C:\temp`.
 */
function unescape(content: string, closing: string): string {
  return content.replace(/\\(.)/gs, (all, char: string) => {
    if (char === 'n') return '\n';
    return char === '\\' || char === '"' || char === closing ? char : all;
  });
}

const MIXED_BACKSLASHES =
  'In text `\\n` is a new line, and other backslashes stand for themselves. Write `\\\\` for each backslash that is meant, as in `"C:\\\\new"`.';

/** Whether one backslash stands for itself and another one begins a new line, as in `C:\temp\new`: hardly meant. */
function isMixed(content: string, closing: string): boolean {
  const escapes: readonly string[] = content.match(/\\./gs) ?? [];
  return escapes.includes('\\n') && escapes.some((escape) => !['\\n', '\\\\', '\\"', `\\${closing}`].includes(escape));
}

export const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
