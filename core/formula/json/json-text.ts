import type { Span } from '../model/diagnostic.ts';

/** A value of JSON with its place in the text. */
export type Json =
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Json>; readonly span: Span }
  | { readonly kind: 'array'; readonly items: readonly Json[]; readonly span: Span }
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null; readonly span: Span };

export type JsonRead =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly message: string; readonly span: Span };

/** Values inside one another. A formula needs six; the bound keeps the stack. */
const DEEPEST = 40;

const BYTE_ORDER_MARK = '\uFEFF';
const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const PLAIN_TEXT = /[^"\\\u0000-\u001F]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Reads JSON as `JSON.parse` does, and knows where everything stands. A key that is given twice, of which `JSON.parse`
 * takes the last, is refused: one of two nodes would be lost.
 */
export function readJson(text: string): JsonRead {
  try {
    return { ok: true, value: new JsonReader(text).read() };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { ok: false, message: error.message, span: error.span };
  }
}

class JsonError extends Error {
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}

class JsonReader {
  readonly #text: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;
  /** Where the line ends; known, so that it is looked for once a line. */
  #lineEnd: number;

  constructor(text: string) {
    this.#text = text;
    this.#lineEnd = this.#newlineFrom(0);
  }

  read(): Json {
    while (this.#text[this.#at] === BYTE_ORDER_MARK) this.#at += 1;
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail('One value is all that belongs here.');
    return value;
  }

  #value(depth: number): Json {
    this.#space();
    if (depth > DEEPEST) this.#fail(`This is nested more than ${DEEPEST} deep.`);
    const start = this.#place();
    const first = this.#text[this.#at];
    if (first === '{') return { kind: 'object', entries: this.#entries(depth), span: this.#since(start) };
    if (first === '[') return { kind: 'array', items: this.#items(depth), span: this.#since(start) };
    return { kind: 'scalar', value: this.#scalar(first), span: this.#since(start) };
  }

  #scalar(first: string | undefined): string | number | boolean | null {
    if (first === '"') return this.#string();
    const word = this.#match(WORD);
    if (word !== null) return word === 'null' ? null : word === 'true';
    const number = this.#match(NUMBER);
    if (!number) this.#fail('A value is missing here.');
    if (!Number.isFinite(Number(number))) this.#fail('This number is too large.');
    return Number(number);
  }

  #entries(depth: number): Map<string, Json> {
    const entries = new Map<string, Json>();
    this.#list('}', () => {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail('A key in double quotes belongs here.');
      const place = this.#place();
      const key = this.#string();
      if (entries.has(key)) throw new JsonError(`The key "${key}" is given twice.`, this.#since(place));
      this.#space();
      this.#take(':');
      entries.set(key, this.#value(depth + 1));
    });
    return entries;
  }

  #items(depth: number): Json[] {
    const items: Json[] = [];
    this.#list(']', () => items.push(this.#value(depth + 1)));
    return items;
  }

  /** From an opening bracket to its closing one, with commas between. */
  #list(closing: '}' | ']', readOne: () => void): void {
    this.#at += 1;
    this.#space();
    if (this.#text[this.#at] !== closing) {
      readOne();
      for (this.#space(); this.#text[this.#at] === ','; this.#space()) {
        this.#at += 1;
        readOne();
      }
    }
    this.#take(closing);
  }

  #string(): string {
    this.#at += 1;
    let text = '';
    for (;;) {
      text += this.#match(PLAIN_TEXT) ?? '';
      if (this.#text[this.#at] === '"') break;
      const escape = this.#match(ESCAPE);
      if (!escape)
        this.#fail(
          this.#at < this.#text.length && this.#text[this.#at] !== '\n'
            ? 'This can not stand in a text.'
            : 'The text has no closing quote.',
        );
      text += unescape(escape);
    }
    this.#at += 1;
    return text;
  }

  #take(wanted: string): void {
    if (this.#text[this.#at] !== wanted)
      this.#fail(`${wanted === ':' ? '`:`' : `\`,\` or \`${wanted}\``} is missing here.`);
    this.#at += 1;
  }

  #space(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    this.#at += found?.length ?? 0;
    return found;
  }

  #place(): Span {
    while (this.#lineEnd < this.#at) {
      this.#line += 1;
      this.#lineStart = this.#lineEnd + 1;
      this.#lineEnd = this.#newlineFrom(this.#lineStart);
    }
    return { start: this.#at, end: this.#at, line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  #newlineFrom(start: number): number {
    const at = this.#text.indexOf('\n', start);
    return at < 0 ? this.#text.length : at;
  }

  #since(start: Span): Span {
    return { ...start, end: this.#at };
  }

  #fail(message: string): never {
    const found =
      this.#at < this.#text.length
        ? `not \`${String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0)}\``
        : 'but the text ends';
    const place = this.#place();
    throw new JsonError(message.endsWith(' here.') ? `${message.slice(0, -1)}, ${found}.` : message, {
      ...place,
      end: Math.min(this.#text.length, place.start + 1),
    });
  }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function unescape(escape: string): string {
  const letter = escape.charAt(1);
  return letter === 'u' ? String.fromCharCode(Number.parseInt(escape.slice(2), 16)) : (ESCAPES[letter] ?? letter);
}
