// A rule for ESLint: comments end at a column, as code does. Prettier breaks code and leaves comments alone. `eslint
// --fix` breaks them.

const WIDTH = 120;

/** Words that must not be torn from their line: list items, tables, examples, directives. */
const KEPT = /^(\s*([-*•|#>]|\d+\.)\s|\s{2,}|\s*@|\s*(eslint|prettier|c8|v8|istanbul|vite|webpack)\b|\s*```)/;

/** Breaks a paragraph into lines of at most `width` columns. A word that is longer stands alone. */
function wrap(text, width) {
  const lines = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Reflows the paragraphs that have a line which is too long; all others stay as they are. */
function reflow(lines, width) {
  const done = [];
  let paragraph = [];
  const end = () => {
    const isLong = paragraph.some((line) => line.length > width);
    done.push(...(isLong ? wrap(paragraph.join(' '), width) : paragraph));
    paragraph = [];
  };
  for (const line of lines) {
    if (line.trim() === '' || KEPT.test(line)) {
      end();
      done.push(line);
    } else paragraph.push(line);
  }
  end();
  return done;
}

/** The text of a doc comment as lines without stars. */
const linesOfDoc = (value) =>
  value
    .slice(1)
    .split('\n')
    .map((line, index) => (index === 0 ? line.trim() : line.replace(/^\s*\* ?/, '').trimEnd()))
    .filter((line, index, all) => line !== '' || (index > 0 && index < all.length - 1));

function docOf(comment, indent) {
  const lines = reflow(linesOfDoc(comment.value), WIDTH - indent.length - 3);
  if (lines.length === 1 && indent.length + lines[0].length + 7 <= WIDTH) return `/** ${lines[0]} */`;
  return ['/**', ...lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}`), `${indent} */`].join('\n');
}

/** Line comments that stand one below the other are one text. */
function groupsOf(comments, isAlone) {
  const groups = [];
  for (const comment of comments) {
    const last = groups.at(-1)?.at(-1);
    const goesOn =
      last?.type === 'Line' &&
      comment.type === 'Line' &&
      isAlone(comment) &&
      isAlone(last) &&
      comment.loc.start.line === last.loc.end.line + 1 &&
      comment.loc.start.column === last.loc.start.column;
    if (goesOn) groups.at(-1).push(comment);
    else groups.push([comment]);
  }
  return groups;
}

/** @type {import('eslint').Rule.RuleModule} */
export const commentWidth = {
  meta: {
    type: 'layout',
    fixable: 'whitespace',
    schema: [],
    messages: { long: `A comment ends at column ${WIDTH}: \`npx eslint --fix\` breaks it. (docs/style.md#format)` },
  },
  create: ({ report, sourceCode }) => ({
    Program() {
      const { lines } = sourceCode;
      const indentOf = ({ loc }) => lines[loc.start.line - 1].slice(0, loc.start.column);
      const isAlone = (comment) =>
        indentOf(comment).trim() === '' && lines[comment.loc.end.line - 1].slice(comment.loc.end.column).trim() === '';
      for (const group of groupsOf(sourceCode.getAllComments(), isAlone)) {
        const [first] = group;
        const last = group.at(-1);
        const isDoc = first.type === 'Block' && first.value.startsWith('*');
        if (!isAlone(first) || (first.type === 'Block' && !isDoc)) continue;
        const own = lines.slice(first.loc.start.line - 1, last.loc.end.line);
        // A long word, such as an address, can't be broken.
        if (!own.some((line) => line.length > WIDTH && !/https?:\/\//.test(line))) continue;
        const indent = indentOf(first);
        const text = isDoc
          ? docOf(first, indent)
          : reflow(
              group.map(({ value }) => value.replace(/^ /, '')),
              WIDTH - indent.length - 3,
            )
              .map((line) => `//${line === '' ? '' : ` ${line}`}`)
              .join(`\n${indent}`);
        const range = [first.range[0], last.range[1]];
        if (text === sourceCode.text.slice(...range)) continue;
        report({ loc: first.loc, messageId: 'long', fix: (fixer) => fixer.replaceTextRange(range, text) });
      }
    },
  }),
};
