import { isPortName } from '../model/port-name.ts';
import type { Token } from './lexer.ts';
import { readArgument, readExpression, readLiteral } from './read-expression.ts';
import { RESERVED, type Argument, type FunctionStatement, type Parameter, type Statement } from './syntax.ts';
import type { TokenCursor } from './token-cursor.ts';

interface ReadFunction {
  readonly statement: FunctionStatement;
  /** Those within the function that no statement of its own takes. */
  readonly comments: readonly string[];
  /** Those behind the function, of what stands below. */
  readonly below: readonly string[];
}

interface Readers {
  /** Reads a statement, with the comments above it; null of what can't be read. */
  statement(comments: readonly string[]): Statement | null;
}

/** Reads a function: `fn name(a, b = 10) = value`, or one with lines of its own that stand further to the right. */
export function readFunction(cursor: TokenCursor, first: Token, read: Readers): ReadFunction {
  cursor.next();
  const name = cursor.next();
  if (RESERVED.has(name.text))
    cursor.fail('reserved', `\`${name.text}\` is a word of the language; choose another name.`, name);
  const params = readParameters(cursor);
  cursor.expect('=', `Give the function a value: fn ${name.text}(…) = …`);
  const head = { kind: 'function', name: name.text, nameSpan: name, params } as const;
  const token = cursor.peek();
  if (token.kind !== 'newline' && token.kind !== 'comment' && token.kind !== 'end') {
    const value = readExpression(cursor);
    const span = cursor.since(first);
    const comments = cursor.endOfStatement();
    return { statement: { ...head, body: [], results: [{ value, span: value.span }], span }, comments, below: [] };
  }
  return readLines(cursor, first, { head, read });
}

function readParameters(cursor: TokenCursor): readonly Parameter[] {
  const bracket = cursor.peek();
  cursor.expect('(', 'The names of what the function takes belong in brackets: fn name(a, b = 10) = …');
  cursor.open();
  cursor.passLine();
  const params: Parameter[] = [];
  while (!cursor.isOperator(')') && cursor.peek().kind !== 'end') {
    const name = cursor.next();
    if (name.kind !== 'name') cursor.fail('parameter', 'A parameter is a name, and may have a value: b = 10.', name);
    if (RESERVED.has(name.text) || name.text === 'fn' || !isPortName(name.text))
      cursor.fail('reserved', `\`${name.text}\` is a word of the language; choose another name.`, name);
    const fallback = cursor.accept('=') ? { default: readLiteral(cursor) } : {};
    params.push({ name: name.text, ...fallback, span: cursor.since(name) });
    if (!cursor.accept(',')) break;
    cursor.passLine();
  }
  cursor.close(')', bracket);
  return params;
}

interface Lines {
  readonly head: Pick<FunctionStatement, 'kind' | 'name' | 'nameSpan' | 'params'>;
  readonly read: Readers;
}

/**
 * The lines of a function end where a line does not stand further to the right than the function, or with its `return`.
 */
function readLines(cursor: TokenCursor, first: Token, { head, read }: Lines): ReadFunction {
  const own = [...cursor.endOfStatement()];
  const body: Statement[] = [];
  let results: readonly Argument[] = [];
  let comments: string[] = [];
  let [isLineEmpty, isSpaced] = [false, false];
  for (let token = cursor.peek(); token.kind !== 'end'; token = cursor.peek()) {
    if (token.kind === 'newline') {
      const endsLine = token.text === '\n';
      if (endsLine && isLineEmpty) isSpaced = true;
      isLineEmpty = endsLine;
      cursor.next();
      continue;
    }
    if (token.column <= first.column) break;
    isLineEmpty = false;
    if (token.kind === 'comment') {
      comments.push(cursor.next().text);
      continue;
    }
    if (token.text === 'return' && !isAssignment(cursor)) {
      results = readResults(cursor);
      own.push(...comments, ...cursor.endOfStatement());
      return { statement: { ...head, body, results, span: cursor.since(first) }, comments: own, below: [] };
    }
    const statement = read.statement(comments);
    if (statement && statement.kind !== 'binding')
      cursor.problems.add('function-statement', statement.span, 'A function holds values alone: names and `return`.');
    else if (statement) body.push(isSpaced ? { ...statement, isSpaced } : statement);
    comments = [];
    isSpaced = false;
  }
  cursor.problems.add('return', head.nameSpan, `What \`${head.name}\` gives is missing: end it with \`return …\`.`);
  return { statement: { ...head, body, results, span: cursor.since(first) }, comments: own, below: comments };
}

const isAssignment = (cursor: TokenCursor): boolean => {
  const second = cursor.peekSecond();
  return second.kind === 'operator' && second.text === '=';
};

/** `return value`, or several with names: `return upper: a, lower: b`. */
function readResults(cursor: TokenCursor): readonly Argument[] {
  cursor.begin();
  const word = cursor.next();
  const results: Argument[] = [];
  do results.push(readArgument(cursor, undefined));
  while (cursor.accept(','));
  if (results.length > 1)
    for (const { name, span } of results)
      if (name === undefined)
        cursor.problems.add('return', span, 'Of several results each has a name: return upper: a, lower: b.');
  const names = results.flatMap(({ name }) => name ?? []);
  if (new Set(names).size < names.length) cursor.fail('return', 'Two results have the same name.', word);
  return results;
}
