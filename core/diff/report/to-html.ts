import { describeChange } from '../describe.ts';
import { byWords, type CodeRow, type Stretch } from './code-rows.ts';
import { escapeHtml } from './escape-html.ts';
import { pictureOf } from './picture.ts';
import { EFFECT_TITLES, SAME_IN_OTHER_WORDS, type DiffReport } from './report.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2024; --faint: #60646c; --line: #d9d9e0; --page: #fcfcfd;
  --good: #18794e; --good-ground: #e6f6eb; --bad: #ca244d; --bad-ground: #feebec; --note: #ab6400;
  --note-ground: #fff7c2; }
@media (prefers-color-scheme: dark) { :root { --ink: #edeef0; --faint: #b0b4ba; --line: #43484e; --page: #111113;
  --good: #3dd68c; --good-ground: #132d21; --bad: #ff949d; --bad-ground: #3b1219; --note: #ffca16;
  --note-ground: #302008; } }
body { margin: 2rem auto; padding: 0 1.5rem; max-width: 75rem; background: var(--page); color: var(--ink);
  font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.35rem; } h2 { margin: 1.6rem 0 .4rem; font-size: 1rem; }
ul { margin: 0; padding-left: 1.2rem; } .same-meaning { color: var(--good); }
.graph { overflow: auto; border: 1px solid var(--line); border-radius: 8px; padding: 8px; }
svg text { font: 11.5px ui-monospace, monospace; fill: var(--ink); } svg .title { font-weight: 600; }
svg .line { fill: var(--faint); }
svg rect { fill: var(--page); stroke: var(--line); } svg .added rect { fill: var(--good-ground);
  stroke: var(--good); stroke-width: 2; }
svg .removed rect { fill: var(--bad-ground); stroke: var(--bad); stroke-width: 2; stroke-dasharray: 5 4; }
svg .removed text { text-decoration: line-through; }
svg .changed rect { fill: var(--note-ground); stroke: var(--note); stroke-width: 2; stroke-dasharray: 1 3;
  stroke-linecap: round; }
svg .wire { fill: none; stroke: var(--line); stroke-width: 1.5; } svg .wire.added { stroke: var(--good);
  stroke-width: 2; } svg .wire.removed { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 5 4; }
.code { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; padding: 6px 0;
  font: 12.5px/1.55 ui-monospace, monospace; }
.code div { padding: 0 10px; white-space: pre; min-width: max-content; }
.code .added { background: var(--good-ground); } .code .removed { background: var(--bad-ground); }
mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; }
`;

/** A report as one file that needs nothing else: sentences, the graph, the code. In the reader's own theme. */
export function toHtml(report: DiffReport, title: string): string {
  const { changes, groups, rows, isSameMeaning } = report;
  const sentences = groups.map(({ effect, changes: members }) => {
    const items = members.map((change) => `<li>${escapeHtml(describeChange(change))}</li>`);
    return `<h2>${EFFECT_TITLES[effect]}</h2>\n<ul>${items.join('')}</ul>`;
  });
  const said = changes.length === 0 ? '<p>No changes.</p>' : sentences.join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${isSameMeaning && changes.length > 0 ? `<p class="same-meaning">= ${SAME_IN_OTHER_WORDS}</p>` : ''}
${said}
<h2>Graph</h2>
<div class="graph">${pictureOf(report)}</div>
<h2>Code</h2>
<div class="code">${rows.map(rowOf).join('')}</div>
</body>
</html>
`;
}

function rowOf(row: CodeRow): string {
  switch (row.kind) {
    case 'same':
      return lines('same', ' ', [{ text: row.text, isOwn: false }]);
    case 'added':
      return lines('added', '+', [{ text: row.after, isOwn: false }]);
    case 'removed':
      return lines('removed', '−', [{ text: row.before, isOwn: false }]);
    case 'changed': {
      const [before, after] = byWords(row.before, row.after);
      return lines('removed', '−', before) + lines('added', '+', after);
    }
  }
}

function lines(kind: string, sign: string, stretches: readonly Stretch[]): string {
  const html = stretches
    .map(({ text, isOwn }) =>
      isOwn
        ? text
            .split('\n')
            .map((line) => (line === '' ? '' : `<mark>${escapeHtml(line)}</mark>`))
            .join('\n')
        : escapeHtml(text),
    )
    .join('');
  return html
    .split('\n')
    .map((line) => `<div class="${kind}">${sign} ${line}</div>`)
    .join('');
}
