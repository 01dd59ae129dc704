/** No text in a log is longer: a stack needs less, and a file does not belong there. */
const LONGEST = 4000;
/** Causes of causes. */
const DEEPEST = 5;

export interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly cause?: DescribedError;
}

/** An error as it is logged: its text, stack, codes and causes, without the values that a query carried. */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: shorten(withoutParameters(String(error))) };
  const message = messageOf(error);
  const code = textOf(error, 'code');
  const constraint = textOf(error, 'constraint_name');
  return {
    type: error.name,
    message,
    ...(error.stack === undefined
      ? {}
      : { stack: shorten([`${error.name}: ${message}`, ...framesOf(error.stack)].join('\n')) }),
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(error.cause === undefined || depth >= DEEPEST ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}

export const shorten = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;

/** Drizzle writes the parameters of a failed query behind its SQL: addresses, hashes, bytes of files. */
export const withoutParameters = (text: string): string => {
  const at = text.search(/\n?params: /);
  return at < 0 ? text : `${text.slice(0, at)} (parameters left out)`;
};

function messageOf(error: Error): string {
  const message = shorten(withoutParameters(error.message));
  // Postgres quotes the value that it could not read, in errors of class 22.
  return textOf(error, 'code')?.startsWith('22') === true ? message.replace(/: ".*$/s, ': "…"') : message;
}

/** The stack below its first lines, which repeat the message. */
const framesOf = (stack: string): string[] => stack.split('\n').filter((line) => /^\s+at /.test(line));

function textOf(error: Error, key: string): string | undefined {
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : undefined;
}
