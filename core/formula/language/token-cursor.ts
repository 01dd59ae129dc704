import type { Fix, Span, TextChange } from '../model/diagnostic.ts';
import type { Token } from './lexer.ts';
import { Problems } from './problems.ts';
import { ACTIONS } from './syntax.ts';

/** Brackets and operators inside one another. Bounds the stack. */
const DEEPEST_NESTING = 200;

/** Ends the reading of one statement; the problem is reported already. */
export class Abandon extends Error {}

/**
 * The place in the tokens up to which a statement is read. Within brackets newlines and comments are passed over, but
 * for a newline behind which a statement begins: there a bracket was forgotten.
 */
export class TokenCursor {
  readonly problems = new Problems();
  readonly #code: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  /** The last token taken; behind it there may be newlines and comments that were passed over. */
  #last: Token | undefined;
  #open = 0;
  #depth = 0;
  #comments: string[] = [];

  constructor(code: string, tokens: readonly Token[]) {
    this.#code = code;
    this.#tokens = tokens;
  }

  /** The next token. */
  peek(): Token {
    if (this.#open > 0) this.#passOver();
    return this.#tokens[this.#at] ?? this.#end();
  }

  /** The one behind it. */
  peekSecond(): Token {
    this.peek();
    let at = this.#at + 1;
    while (this.#open > 0 && isPassedOver(this.#tokens[at])) at += 1;
    return this.#tokens[at] ?? this.#end();
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#at += 1;
    this.#last = token;
    return token;
  }

  isOperator(text: string): boolean {
    const token = this.peek();
    return token.kind === 'operator' && token.text === text;
  }

  isName(text: string): boolean {
    const token = this.peek();
    return token.kind === 'name' && token.text === text;
  }

  accept(operator: string): boolean {
    const found = this.isOperator(operator);
    if (found) this.next();
    return found;
  }

  acceptName(text: string): boolean {
    const found = this.isName(text);
    if (found) this.next();
    return found;
  }

  expect(operator: string, message: string): void {
    if (!this.accept(operator)) this.fail('syntax', message, this.peek());
  }

  /** Behind an opening bracket, which has been taken. */
  open(): void {
    this.#open += 1;
  }

  /** Ends the line where the next one may begin as statements do: with a parameter that has a value. */
  passLine(): void {
    for (let token = this.#tokens[this.#at]; token && isPassedOver(token); token = this.#tokens[this.#at]) {
      if (token.kind === 'comment') this.#comments.push(token.text);
      this.#at += 1;
    }
  }

  /** Takes the bracket that closes `opened`. */
  close(bracket: ')' | ']', opened: Token): void {
    if (!this.isOperator(bracket)) {
      const found = this.peek();
      const fix = isEnd(found) ? { title: 'Close the bracket', change: this.insertion(bracket) } : undefined;
      this.fail(
        'bracket',
        `The bracket opened here is not closed: \`${bracket}\` ${isEnd(found) ? 'is' : 'or `,` is'} missing before ${describe(found)}.`,
        opened,
        fix,
      );
    }
    this.next();
    this.#open -= 1;
  }

  /** Goes one level deeper, until `ascend`. */
  descend(): void {
    this.#depth += 1;
    this.checkDepth(0);
  }

  ascend(): void {
    this.#depth -= 1;
  }

  /** `more` levels that are read without recursion, and would be walked with it. */
  checkDepth(more: number): void {
    if (this.#depth + more > DEEPEST_NESTING)
      this.fail(
        'nesting',
        `This is nested more than ${DEEPEST_NESTING} deep. Give a part of it a name of its own.`,
        this.peek(),
      );
  }

  /** From `first` to the last token taken. */
  since(first: Span): Span {
    const { end } = this.#last ?? first;
    return { start: first.start, end: Math.max(first.end, end), line: first.line, column: first.column };
  }

  /** Writes something behind the last token taken. */
  insertion(insert: string): TextChange {
    const end = this.#last?.end ?? 0;
    return { start: end, end, insert };
  }

  textOf({ start, end }: Span): string {
    return this.#code.slice(start, end);
  }

  fail(code: string, message: string, span: Span, fix?: Fix): never {
    this.problems.add(code, span, message, { fix });
    throw new Abandon(code);
  }

  /** Begins a statement: no brackets are open, and no comments are taken. */
  begin(): void {
    this.#open = 0;
    this.#depth = 0;
    this.#comments = [];
  }

  /** The comments within the statement and behind it on its last line. */
  endOfStatement(): readonly string[] {
    const token = this.peek();
    if (!isEnd(token))
      this.fail(
        'syntax',
        `${capital(describe(token))} is one too many here. ${adviceOn(token)}`,
        token,
        isBracket(token)
          ? { title: `Remove \`${token.text}\``, change: { start: token.start, end: token.end, insert: '' } }
          : undefined,
      );
    if (token.kind === 'comment') this.#comments.push(this.next().text);
    return this.#comments;
  }

  /**
   * Passes over the rest of a statement that can't be read, to the end of the line on which its brackets close or
   * behind which another statement begins, so that one slip is one problem.
   */
  skipStatement(): void {
    for (let token = this.#tokens[this.#at]; token && token.kind !== 'end'; token = this.#tokens[this.#at]) {
      if (token.kind === 'newline' && (this.#open <= 0 || this.#statementBegins(this.#at + 1))) return;
      if (token.kind === 'operator' && (token.text === '(' || token.text === '[')) this.#open += 1;
      if (token.kind === 'operator' && isBracket(token)) this.#open -= 1;
      this.#at += 1;
    }
  }

  #passOver(): void {
    for (let token = this.#tokens[this.#at]; token && isPassedOver(token); token = this.#tokens[this.#at]) {
      if (token.kind === 'newline' && this.#statementBegins(this.#at + 1)) return;
      if (token.kind === 'comment') this.#comments.push(token.text);
      this.#at += 1;
    }
  }

  #statementBegins(at: number): boolean {
    const [first, second] = [this.#tokens[at], this.#tokens[at + 1]];
    if (first?.kind !== 'name' || !second) return false;
    if (second.kind === 'operator') return second.text === '=' || (second.text === '(' && ACTIONS.has(first.text));
    return (first.text === 'input' || first.text === 'fn' || first.text === 'mute') && second.kind === 'name';
  }

  #end(): Token {
    const token = this.#tokens.at(-1);
    if (!token) throw new Error('The lexer always ends with a token.');
    return token;
  }
}

const isPassedOver = (token: Token | undefined): boolean => token?.kind === 'newline' || token?.kind === 'comment';

const isEnd = ({ kind }: Token): boolean => kind === 'newline' || kind === 'end' || kind === 'comment';

const isBracket = ({ text }: Token): boolean => text === ')' || text === ']';

const adviceOn = (token: Token): string =>
  token.text === '%' ? 'The remainder of a division is `mod(a, b)`.' : 'A statement ends with its line.';

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A token in words. */
export function describe(token: Token): string {
  if (token.kind === 'end') return 'the end of the code';
  if (token.kind === 'newline' || token.kind === 'comment') return 'the end of the line';
  if (token.kind !== 'bad') return `\`${shortened(token.text)}\``;
  if (/^["'“”‘’„«]/u.test(token.text)) return 'text without its closing quote';
  return /^[\p{L}_]/u.test(token.text)
    ? `the word \`${shortened(token.text)}\` (names have letters a–z, digits and _)`
    : `\`${shortened(token.text)}\``;
}

const LONGEST_QUOTATION = 40;

const shortened = (text: string): string =>
  text.length > LONGEST_QUOTATION ? `${text.slice(0, LONGEST_QUOTATION)}…` : text;
