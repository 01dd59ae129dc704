/** The first place at which a text stops being JSON. */
export interface JsonProblem {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or ]' | 'comma or }' | 'end';

const WORDS: Readonly<Record<Expected, string>> = {
  value: 'a value',
  'value or ]': 'a value or `]`',
  key: 'a name in double quotes',
  'key or }': 'a name in double quotes or `}`',
  colon: '`:`',
  'comma or ]': '`,` or `]`',
  'comma or }': '`,` or `}`',
  end: 'the end of the file',
};

/**
 * Where and why a text is no JSON; null when it is. `JSON.parse` finds the same problem, but says where in words that differ from one
 * engine to the next, or not at all. Works in a loop, so that no nesting is too deep.
 */
export function findJsonProblem(text: string): JsonProblem | null {
  const open: ('[' | '{')[] = [];
  let at = 0;
  let expected: Expected = 'value';
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) return false;
    at += found.length;
    return true;
  };
  const sign = (wanted: string): boolean => {
    if (text[at] !== wanted) return false;
    at += 1;
    return true;
  };
  const afterValue = (): Expected => (open.length === 0 ? 'end' : open.at(-1) === '[' ? 'comma or ]' : 'comma or }');
  const close = (): Expected => {
    open.pop();
    return afterValue();
  };
  const step = (): Expected | null => {
    switch (expected) {
      case 'value':
      case 'value or ]':
        if (expected === 'value or ]' && sign(']')) return close();
        if (sign('[')) return open.push('[') > 0 ? 'value or ]' : null;
        if (sign('{')) return open.push('{') > 0 ? 'key or }' : null;
        return take(STRING) || take(SCALAR) ? afterValue() : null;
      case 'key':
      case 'key or }':
        if (expected === 'key or }' && sign('}')) return close();
        return take(STRING) ? 'colon' : null;
      case 'colon':
        return sign(':') ? 'value' : null;
      case 'comma or ]':
        return sign(']') ? close() : sign(',') ? 'value' : null;
      case 'comma or }':
        return sign('}') ? close() : sign(',') ? 'key' : null;
      case 'end':
        return null;
    }
  };
  for (;;) {
    take(SPACE);
    if (expected === 'end' && at === text.length) return null;
    const next = step();
    if (next === null) return problemAt(text, at, expected);
    expected = next;
  }
}

function problemAt(text: string, at: number, expected: Expected): JsonProblem {
  const before = text.slice(0, at);
  const found = at >= text.length ? 'the end of the file' : text[at] === '"' ? 'a text without its end, or with a sign that it may not hold' : `\`${String.fromCodePoint(text.codePointAt(at) ?? 0)}\``;
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n'), message: `Expected ${WORDS[expected]}, found ${found}.` };
}
