// A rule for ESLint: code ends at a column where Prettier could not break the line. What is said to a person in one
// sentence, a test's name and a list of classes stay whole, so that a search finds them; what is computed within a text
// is named before.

const WIDTH = 120;

/**
 * Whether an expression within a template is only named there, asked of what is named, or one of two words: nothing is
 * made in it.
 */
function isNamed(node) {
  switch (node.type) {
    case 'Identifier':
    case 'Literal':
    case 'ThisExpression':
    case 'PrivateIdentifier':
      return true;
    case 'MemberExpression':
      return isNamed(node.object) && isNamed(node.property);
    case 'ChainExpression':
      return isNamed(node.expression);
    case 'CallExpression':
      return isNamed(node.callee) && node.arguments.every(isNamed);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return isNamed(node.left) && isNamed(node.right);
    case 'ConditionalExpression':
      return isNamed(node.test) && isNamed(node.consequent) && isNamed(node.alternate);
    case 'UnaryExpression':
      return isNamed(node.argument);
    default:
      return false;
  }
}

const isOneLine = ({ loc }) => loc.start.line === loc.end.line;

/** A line may be longer for one text on it; the rest of the line has at most so many columns. */
const REST = 70;

/** Whether a node is a text that reads better whole. */
function isWhole(node) {
  if (node.type === 'JSXText') return true;
  if (node.type === 'Literal') return typeof node.value !== 'number';
  return (
    node.type === 'TemplateLiteral' &&
    node.parent?.type !== 'TaggedTemplateExpression' &&
    isOneLine(node) &&
    node.expressions.every(isNamed)
  );
}

/** `undefined`: there is no such text. */
const isWideByText = (line, text) => text !== undefined && line.trim().length - text <= REST;

/** @type {import('eslint').Rule.RuleModule} */
export const lineWidth = {
  meta: {
    type: 'layout',
    schema: [],
    messages: {
      long: `A line of code ends at column ${WIDTH}: break SQL and lists, and name what a text is made of before it. (docs/style.md#format)`,
    },
  },
  create: ({ report, sourceCode }) => {
    /** By line, the columns of the longest text that stays whole. */
    const longest = new Map();
    const look = (node) => {
      if (!isWhole(node)) return;
      for (let { line } = node.loc.start; line <= node.loc.end.line; line += 1) {
        const from = line === node.loc.start.line ? node.loc.start.column : 0;
        const to = line === node.loc.end.line ? node.loc.end.column : sourceCode.lines[line - 1].length;
        longest.set(line, Math.max(longest.get(line) ?? 0, to - from));
      }
    };
    return {
      Literal: look,
      TemplateLiteral: look,
      JSXText: look,
      'Program:exit'() {
        const comments = sourceCode.getAllComments();
        sourceCode.lines.forEach((text, index) => {
          const line = index + 1;
          if (text.length <= WIDTH || isWideByText(text, longest.get(line))) return;
          // Comments have a rule of their own.
          const isComment = comments.some(({ loc }) => loc.start.line <= line && line <= loc.end.line);
          if (!isComment) report({ loc: { line, column: WIDTH }, messageId: 'long' });
        });
      },
    };
  },
};
